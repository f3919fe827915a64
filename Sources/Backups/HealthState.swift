/// How an addon is protected: exactly one of these holds. The raw value is the label `state`.
///
/// In order of precedence, the worst first: of several findings the first here is the verdict.
package enum HealthState: String, CaseIterable, Comparable, Sendable {
    /// There is no completed backup, though one should have been.
    case never
    /// The newest attempt that has finished failed.
    case failing
    /// A backup does not end.
    case stuck
    /// A slot was missed, or the newest completed backup is older than its objective.
    case late
    /// The newest completed backup is empty, or its size is far from what is usual for this addon.
    case suspect
    /// There is no schedule and no objective, so nobody can say whether backups are late.
    case unprotected
    /// Not observed for too long. What was bad when it was last seen still counts as bad; what was good does not
    /// count as good.
    case unknown
    /// Northflank takes no backups of a paused addon, so none is missed.
    case paused
    case ok

    /// Whether this one is worse than `other`.
    package static func < (lhs: HealthState, rhs: HealthState) -> Bool { lhs.rank < rhs.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
