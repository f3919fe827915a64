/// What the configuration demands of one addon's backups, besides its schedules, and who decided it. Nil and empty mean
/// that nothing was decided.
///
/// Kept by the history, so that a report can say what was in force at any time.
package struct Decisions: Hashable, Codable, Sendable {
    /// The name of the first policy with a name that matches the addon; the value of the label `policy`.
    package var policy: String?
    /// Who answers for the addon: free text; the value of the label `owner`.
    package var owner: String?
    /// The longest allowed age of the newest completed backup.
    package var maxAge: Duration?
    /// The time after a slot until it counts as missed; nil to learn it from the addon's own durations.
    package var grace: Duration?
    /// The kinds of backups that must exist, and that `maxAge` is for.
    package var required: [RequiredKind] = []
    /// The fewest completed backups in the list, imports aside.
    package var minBackups: Int?
    /// How far back the oldest completed backup must reach, imports aside.
    package var minSpan: Duration?
    /// The longest allowed time between two restores that prove something.
    package var restoreEvery: Duration?
    /// Whom to alert when the addon is gone; nil for `ticket`.
    package var onGone: OnGone?
    package var waiver: Waiver?
    /// The recurring times whose slots are forgiven.
    package var windows: [MaintenanceWindow] = []

    /// A kind of backup that a policy can demand.
    package enum RequiredKind: String, CaseIterable, Codable, Sendable {
        case dump, snapshot
        /// Any type but imports.
        case any
    }

    package enum OnGone: String, CaseIterable, Codable, Sendable {
        case page, ticket
        /// The addon is not missed: it is not shown as gone.
        case ignore
    }

    package init() {}
}

/// That an addon need not be protected for a time, with who decided it and why.
package struct Waiver: Hashable, Codable, Sendable {
    package var reason: String
    /// Who decided it.
    package var owner: String
    /// The first instant at which it is not in force any more.
    package var until: Timestamp

    package init(reason: String, owner: String, until: Timestamp) {
        self.reason = reason
        self.owner = owner
        self.until = until
    }

    package func isInForce(at now: Timestamp) -> Bool { now < until }
}
