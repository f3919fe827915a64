/// The configuration's demands on an addon's backups, besides the addon's schedules.
package struct Objectives: Equatable, Sendable {
    /// The shortest grace where none is configured.
    package static let leastGrace = Duration.seconds(30 * 60)

    /// The longest allowed age of the newest completed backup where there is no schedule; nil for no objective.
    package var maxAge: Duration?
    /// The time after a slot until it counts as missed; nil to learn it from the addon's own durations.
    package var grace: Duration?
    /// Sizes of backups that were created before do not count; nil if all count.
    package var sizesSince: Timestamp?
    /// The zone that schedules are written in.
    package var zone: Zone
    /// Whether the zone is not decided yet, so that it makes no slot missed that another zone may explain.
    package var isZoneOpen: Bool

    package init(
        maxAge: Duration? = nil, grace: Duration? = nil, sizesSince: Timestamp? = nil, zone: Zone = .utc,
        isZoneOpen: Bool = false
    ) {
        self.maxAge = maxAge
        self.grace = grace
        self.sizesSince = sizesSince
        self.zone = zone
        self.isZoneOpen = isZoneOpen
    }

    /// The grace in force for backups of these durations.
    package func grace(_ durations: Durations) -> Duration {
        grace ?? max(Self.leastGrace, durations.p95 ?? .zero)
    }
}
