/// The configuration's demands on an addon's backups, besides the addon's schedules.
package struct Objectives: Equatable, Sendable {
    /// The shortest grace where none is configured.
    package static let leastGrace = Duration.seconds(30 * 60)

    /// What was decided for the addon.
    package var decisions: Decisions
    /// The times of `decisions.windows`.
    package var forgiven: ForgivenTimes
    /// Sizes of backups that were created before do not count; nil if all count.
    package var sizesSince: Timestamp?
    /// The zone that schedules are written in.
    package var zone: Zone
    /// Whether the zone is not decided yet, so that it makes no slot missed that another zone may explain.
    package var isZoneOpen: Bool

    package init(
        _ decisions: Decisions = Decisions(), forgiven: ForgivenTimes = .none, sizesSince: Timestamp? = nil,
        zone: Zone = .utc, isZoneOpen: Bool = false
    ) {
        self.decisions = decisions
        self.forgiven = forgiven
        self.sizesSince = sizesSince
        self.zone = zone
        self.isZoneOpen = isZoneOpen
    }

    /// The longest allowed age of the newest completed backup; nil if none is configured.
    package var maxAge: Duration? { decisions.maxAge }

    /// The grace in force for backups of these durations.
    package func grace(_ durations: Durations) -> Duration {
        decisions.grace ?? max(Self.leastGrace, durations.p95 ?? .zero)
    }
}
