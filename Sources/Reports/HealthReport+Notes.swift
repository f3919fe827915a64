import Backups

extension HealthReport.Addon {
    /// Why the addon cannot be read; nil if a finding says it.
    ///
    /// - Parameter accountReason: the reason of the account's own error, whose remedy is shown once for all addons.
    func errorNote(accountReason: String?, now: Timestamp) -> String? {
        guard let error, !findings.contains(where: { $0.text.contains(error.message) }) else { return nil }
        let remedy = error.reason == accountReason ? nil : error.remedy
        return [error.fact(now: now), remedy].compactMap { $0 }.joined(separator: "; ")
    }

    /// That the waiver is over; while it is in force, `text` says so.
    var waiverNote: String? {
        guard let waiver, waiver.state == nil else { return nil }
        let end = Timestamp(rfc3339: waiver.until)?.atUTC ?? waiver.until
        return "the waiver of \(policy.map { "policy \($0)" } ?? "the policy") ended at \(end)"
    }

    /// What to do about an addon that is gone.
    var goneNote: String? {
        guard state == HealthState.gone.rawValue else { return nil }
        return "if it was deleted on purpose: northflank-backup-exporter forget \(account)/\(project)/\(addon), "
            + "or remove it from the configuration if that names it"
    }

    /// That an addon without findings was last checked longer ago than usual: longer than half of the limit. Polls that
    /// come in time are a third of it apart.
    ///
    /// - Parameter limit: the age at which an observation is too old; zero if it is not known.
    func oldCheckNote(_ lastObserved: Timestamp?, limit: Duration, now: Timestamp) -> String? {
        guard state == HealthState.ok.rawValue, limit > .zero, let lastObserved, now - lastObserved > limit / 2 else {
            return nil
        }
        return "last check: \(lastObserved.ago(now)); limit \(Finding.limit(limit))"
    }
}

extension HealthReport.Problem {
    /// What happened and since when, such as `Northflank answers HTTP 503 since 02:10 UTC (25m)`.
    func fact(now: Timestamp?) -> String {
        if Trouble.isWaiting(reason) { return message }
        guard let now, let since = Timestamp(rfc3339: since) else { return "\(message) since \(since)" }
        return "\(message) since \(since.clock(now: now)) (\(since.age(now)))"
    }
}

extension HealthReport {
    /// The error of an account in words: what happened, since when, what it means, and what to do.
    package func errorText(_ account: Account) -> String? {
        guard let error = account.error else { return nil }
        var sentences = [error.fact(now: Timestamp(rfc3339: generatedAt))]
        if account.reachable == false, account.addons > 0 {
            sentences.append("\(CountText.text(account.addons, of: "database")) cannot be judged")
        }
        if let remedy = error.remedy { sentences.append(remedy.prefix(1).uppercased() + remedy.dropFirst()) }
        return sentences.map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
    }

    /// The errors, findings and notes of all accounts in words, each with the account's name.
    package var accountTexts: [String] {
        accounts.flatMap { account in
            ([errorText(account)].compactMap(\.self) + (account.findings ?? []).map(\.text) + account.notes)
                .map { "\(account.account): \($0)" }
        }
    }
}

extension Timestamp {
    /// The time of day in UTC; with the date from a day ago on.
    func clock(now: Timestamp) -> String {
        now - self < .seconds(86_400) ? "\(UTCTime(self).clock) UTC" : atUTC
    }
}
