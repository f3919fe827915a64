import Backups

extension HealthReport.Addon {
    /// Why the addon cannot be read, unless a finding says it, and what to do.
    ///
    /// - Parameter accountReason: the reason of the account's own error, whose remedy is shown once for all addons.
    func errorNote(accountReason: String?, now: Timestamp) -> String? {
        guard let error else { return nil }
        let isSaid = findings.contains { $0.text.contains(error.message) }
        let parts = [isSaid ? nil : error.fact(now: now), error.reason == accountReason ? nil : error.remedy]
        return parts.contains { $0 != nil } ? parts.compactMap(\.self).joined(separator: "; ") : nil
    }

    /// The waiver in force, or that it is over.
    var waiverNote: String? {
        guard let waiver else { return nil }
        let name = policy.map { "policy \($0)" } ?? "the policy"
        let until = Timestamp(rfc3339: waiver.until)?.atUTC ?? waiver.until
        guard let state = waiver.state else { return "the waiver of \(name) ended at \(until)" }
        return "waived by \(name) until \(until) (\(waiver.owner)): \(waiver.reason); without the waiver: \(state)"
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
        return "no completed backup yet; the first is due by \(firstDueBy.atUTC)"
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

extension Timestamp {
    /// The time of day in UTC; with the date from a day ago on.
    func clock(now: Timestamp) -> String {
        now - self < .seconds(86_400) ? "\(UTCTime(self).clock) UTC" : atUTC
    }
}
