/// What was decided about an addon's protection, besides its schedules.
package struct Objectives: Equatable, Sendable {
    /// The least grace, in milliseconds, where none is configured.
    package static let leastGrace: Int64 = 30 * 60 * 1000

    /// Milliseconds that the newest completed backup may be old where there is no schedule; nil for no objective.
    package var maxAge: Int64?
    /// Milliseconds after a slot until it counts as missed; nil to learn it from the addon's own durations.
    package var grace: Int64?
    /// The zone that schedules are written in.
    package var zone: Zone

    package init(maxAge: Int64? = nil, grace: Int64? = nil, zone: Zone = .utc) {
        self.maxAge = maxAge
        self.grace = grace
        self.zone = zone
    }

    /// The grace in force for backups that take so long.
    package func grace(_ durations: Durations) -> Int64 {
        grace ?? max(Self.leastGrace, durations.p95 ?? 0)
    }
}
