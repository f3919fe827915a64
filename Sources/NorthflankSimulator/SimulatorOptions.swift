/// The options of the simulator's fleet and API.
package struct SimulatorOptions: Sendable, Equatable {
    /// The seed: the generated fleet is a function of this number and of the time.
    package var seed: UInt64
    /// The number of addons. The first 12 have the main personalities.
    package var addons: Int
    /// If set, every addon lists exactly this many completed backups, and has no personality.
    package var backupsPerAddon: Int?
    /// The accepted bearer token.
    package var token: String
    /// The fleet's team. If set, the team's routes work in addition to the plain ones.
    package var team: String?
    /// Divides periods, durations and retention: with 8640 a daily backup happens every 10 seconds. With
    /// `virtualClock`, the speed of the simulator's time instead.
    package var timeScale: Double
    /// Whether all of the simulator's time runs `timeScale` times as fast, instead of its backups alone.
    package var virtualClock: Bool
    /// The simulator's time at its start, in seconds since 1970; nil for the real time.
    package var virtualStart: Double?
    /// Requests in a window; nil is unlimited, without rate-limit headers.
    package var rateLimit: Int?
    /// The length of a window in seconds, from its first request.
    package var rateLimitWindow: Double
    /// Whether backups are listed in a stable arbitrary order instead of the newest first.
    package var shuffled: Bool
    /// Other personalities for some addons, by `project/addon`.
    package var personalities: [String: Personality]
    /// The webhook to notify of starts and ends of backups.
    package var webhook: Webhook?

    /// The demo's options by default.
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

    /// The valid time scales; any other counts as 1.
    package static let timeScales = 0.001...1_000_000

    /// The clock of a simulator that starts at a real instant, in seconds since 1970.
    package func clock(start real: Double) -> VirtualClock {
        guard virtualClock || virtualStart != nil else { return .real }
        let scale = virtualClock && Self.timeScales.contains(timeScale) ? timeScale : 1
        return VirtualClock(start: real, virtualStart: virtualStart ?? real, scale: scale)
    }

    /// The names in `personalities` that are not addons of the fleet.
    package var unknownAddons: [String] {
        guard !personalities.isEmpty else { return [] }
        let model = FleetModel(options: self, anchor: 0)
        return personalities.keys.sorted().filter { name in
            (try? model.address(of: name)) == nil
        }
    }
}
