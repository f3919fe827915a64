import Backups
import Settings

extension HealthReport.Addon {
    /// Why the addon cannot be read; nil if a finding says it.
    ///
    /// - Parameter accountReason: the reason of the account's own error, whose remedy is shown once for all addons.
    func errorNote(accountReason: String?, now: Timestamp) -> String? {
        guard let error, !findings.contains(where: { $0.text.contains(error.message) }) else { return nil }
        let remedy = error.reason == accountReason ? nil : error.remedy
        return [error.fact(now: now), remedy].compactMap { $0 }.joined(separator: "; ")
    }

    /// The waiver in force, or that it is over.
    var waiverNote: String? {
        guard let waiver else { return nil }
        let name = policy.map { "policy \($0)" } ?? "the policy"
        guard let state = waiver.state else { return "the waiver of \(name) ended at \(waiver.until)" }
        return
            "waived by \(name) until \(waiver.until) (\(waiver.owner)): \(waiver.reason); without the waiver: \(state)"
    }

    /// What to do about an addon that is gone.
    var goneNote: String? {
        guard state == HealthState.gone.rawValue else { return nil }
        return "if it was deleted on purpose: northflank-backup-exporter forget \(account)/\(project)/\(addon), "
            + "or remove it from the configuration if that names it"
    }

    /// That there is no completed backup yet, and by when the first is due: until then the state can be `ok`.
    func firstDueNote(_ firstDueBy: Timestamp?) -> String? {
        guard state == HealthState.ok.rawValue, let firstDueBy else { return nil }
        return "no completed backup yet; the first is due by \(firstDueBy.text)"
    }

    /// That an addon without findings was last checked longer ago than usual: longer than half of the limit. Polls that
    /// come in time are a third of it apart.
    ///
    /// - Parameter limit: the age at which an observation is too old; zero if it is not known.
    func oldCheckNote(_ lastObserved: Timestamp?, limit: Duration, now: Timestamp) -> String? {
        guard state == HealthState.ok.rawValue, limit > .zero, let lastObserved, now - lastObserved > limit / 2 else {
            return nil
        }
        return "last checked \(lastObserved.ago(now)) (limit \(PrometheusDuration.rounded(limit)))"
    }
}

extension HealthReport.Problem {
    /// What happened and since when, such as `HTTP 503 since 02:10 UTC (25m)`.
    func fact(now: Timestamp?) -> String {
        guard let now, let since = Timestamp(rfc3339: since) else { return "\(message) since \(since)" }
        return "\(message) since \(since.clock(now: now)) (\(PrometheusDuration.rounded(max(.zero, now - since))))"
    }
}

extension HealthReport {
    /// The error of an account in words: what happened, since when, what it means, and what to do.
    package func errorText(_ account: Account) -> String? {
        guard let error = account.error else { return nil }
        var sentences = [error.fact(now: Timestamp(rfc3339: generatedAt))]
        if account.reachable == false, account.addons > 0 {
            sentences.append("\(account.addons == 1 ? "1 addon" : "\(account.addons) addons") cannot be checked")
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
        let time = "\(text.dropFirst(11).prefix(5)) UTC"
        return now - self < .seconds(86_400) ? time : "\(text.prefix(10)) \(time)"
    }
}
