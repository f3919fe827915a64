package import Backups

/// An addon as a row of `status`.
struct StatusRow: Equatable {
    let state: String
    let path: String
    /// How long the state holds.
    let age: String
    let type: String
    let lastGood: String
    let limit: String
    let size: String
    let nextDue: String
    let checked: String
    /// The worst finding.
    let reason: String

    init(_ addon: HealthReport.Addon, now: Timestamp) {
        func age(_ text: String?) -> String? {
            text.flatMap { Timestamp(rfc3339: $0) }.map { DurationText.age(now - $0) }
        }
        state = addon.state
        path = addon.path
        self.age = age(addon.since) ?? Self.nothing
        type = addon.type
        let isGone = addon.state == HealthState.gone.rawValue
        let facts = isGone ? nil : addon.worstType(now: now)
        let isChecked = addon.lastObserved != nil
        lastGood = age(facts?.lastCompleted) ?? (isChecked ? "none" : Self.nothing)
        limit =
            facts?.limitSeconds.map { DurationText.limit(.seconds($0)) }
            ?? (isGone || !isChecked ? Self.nothing : "none")
        size = facts?.lastCompleted == nil ? Self.nothing : facts?.sizeBytes.map(SizeText.text) ?? Self.nothing
        nextDue =
            addon.nextDue.flatMap { Timestamp(rfc3339: $0) }.map { "in \(DurationText.age($0 - now))" } ?? Self.nothing
        checked = age(addon.lastObserved) ?? Self.nothing
        let more = addon.findings.count - 1
        reason = addon.reason + (more > 0 ? " (+\(more) more)" : "")
    }

    /// In a column that says nothing of the addon.
    private static let nothing = "-"
}

extension HealthReport.Addon {
    /// The type of backups that the worst finding is about; else the one whose newest backup has used up most of its
    /// limit.
    package func worstType(now: Timestamp) -> HealthReport.TypeFacts? {
        if let type = findings.first(where: { $0.type != nil })?.type,
            let facts = byType.first(where: { $0.type == type })
        {
            return facts
        }
        func use(_ facts: HealthReport.TypeFacts) -> Double {
            guard let limit = facts.limitSeconds, limit > 0 else { return -1 }
            guard let last = facts.lastCompleted.flatMap({ Timestamp(rfc3339: $0) }) else { return .infinity }
            return (now - last).seconds / Double(limit)
        }
        // The first one if several have used up as much.
        return byType.reversed().max { use($0) < use($1) }
    }
}
