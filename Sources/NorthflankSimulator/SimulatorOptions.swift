/// What the simulator's fleet is and how its API behaves.
package struct SimulatorOptions: Sendable, Equatable {
    /// Everything generated is a function of this number and of the time.
    package var seed: UInt64
    /// How many addons there are. From 12 on, every interesting personality occurs.
    package var addons: Int
    /// If set, every addon lists exactly this many completed backups, whatever its personality.
    package var backupsPerAddon: Int?
    /// The bearer token that is accepted.
    package var token: String
    /// The team that the fleet belongs to; its routes then work beside the plain ones.
    package var team: String?
    /// Divides periods, durations and retention: with 8640 a daily backup happens every 10 seconds. With
    /// `virtualClock` it makes the time of the simulator run faster instead.
    package var timeScale: Double
    /// Makes all of the simulator's time run `timeScale` times as fast, rather than its backups alone.
    package var virtualClock: Bool
    /// What the simulator's time begins with, in seconds since 1970; nil for the real time.
    package var virtualStart: Double?
    /// Requests a window; nil is unlimited, and then there are no rate-limit headers.
    package var rateLimit: Int?
    /// Seconds from a window's first request to its end.
    package var rateLimitWindow: Double
    /// Lists backups in an arbitrary but steady order instead of the newest first.
    package var shuffled: Bool
    /// The personality of some addons, by `project/addon`, instead of their own.
    package var personalities: [String: Personality]
    /// Whom to notify of backups that start and end.
    package var webhook: Webhook?

    /// The demo's options unless told otherwise.
    package init(
        seed: UInt64 = 1, addons: Int = 12, backupsPerAddon: Int? = nil,
        token: String = "simulator-token", team: String? = nil, timeScale: Double = 1,
        virtualClock: Bool = false, virtualStart: Double? = nil, rateLimit: Int? = 1000,
        rateLimitWindow: Double = 3600, shuffled: Bool = false,
        personalities: [String: Personality] = [:], webhook: Webhook? = nil
    ) {
        self.seed = seed
        self.addons = addons
        self.backupsPerAddon = backupsPerAddon
        self.token = token
        self.team = team
        self.timeScale = timeScale
        self.virtualClock = virtualClock
        self.virtualStart = virtualStart
        self.rateLimit = rateLimit
        self.rateLimitWindow = rateLimitWindow
        self.shuffled = shuffled
        self.personalities = personalities
        self.webhook = webhook
    }

    /// The time scales that make sense; any other counts as 1.
    package static let timeScales = 0.001...1_000_000

    /// The clock of a simulator that is made at a real instant, in seconds since 1970.
    package func clock(start real: Double) -> VirtualClock {
        guard virtualClock || virtualStart != nil else { return .real }
        let scale = virtualClock && Self.timeScales.contains(timeScale) ? timeScale : 1
        return VirtualClock(start: real, virtualStart: virtualStart ?? real, scale: scale)
    }

    /// Which of the names in `personalities` are none of an addon of the fleet.
    package var unknownAddons: [String] {
        guard !personalities.isEmpty else { return [] }
        let model = FleetModel(options: self, anchor: 0)
        return personalities.keys.sorted().filter { name in
            (try? model.address(of: name)) == nil
        }
    }
}
