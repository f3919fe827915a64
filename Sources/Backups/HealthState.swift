/// The state of an addon: exactly one holds. The raw value is the label `state`.
///
/// In order of precedence, the worst first: of several findings, the state that is first here is the verdict.
package enum HealthState: String, CaseIterable, Comparable, Sendable {
    /// No completed backup exists, though one was due.
    case never
    /// The addon was watched and had a completed backup, and is not there any more; its absence was not confirmed.
    case gone
    /// The newest finished attempt failed.
    case failing
    /// A backup does not end.
    case stuck
    /// A slot was missed, or the newest completed backup is older than its objective.
    case late
    /// The newest completed backup is empty or of an unusual size, backups are removed too early or dated in the future,
    /// there are too few of them, they do not reach far enough back, or it is not proven that they can be restored.
    case suspect
    /// There is no schedule and no objective, so no backup can be late.
    case unprotected
    /// Not observed for too long. The last findings still hold, but an addon without findings does not count as ok.
    case unknown
    /// The addon need not be protected: that was decided for a reason and a time. What is wrong stays in the findings.
    case waived
    /// The addon is paused: Northflank takes no backups of it, so no slot is missed.
    case paused
    case ok

    /// Whether this state is worse than `other`.
    package static func < (lhs: HealthState, rhs: HealthState) -> Bool { lhs.rank < rhs.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
