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
    /// Divides periods, durations and retention: with 8640 a daily backup happens every 10 seconds.
    package var timeScale: Double
    /// Requests a window; nil is unlimited, and then there are no rate-limit headers.
    package var rateLimit: Int?
    /// Seconds from a window's first request to its end.
    package var rateLimitWindow: Double
    /// Lists backups in an arbitrary but steady order instead of the newest first.
    package var shuffled: Bool

    /// The demo's options unless told otherwise.
    package init(
        seed: UInt64 = 1, addons: Int = 12, backupsPerAddon: Int? = nil,
        token: String = "simulator-token", team: String? = nil, timeScale: Double = 1,
        rateLimit: Int? = 1000, rateLimitWindow: Double = 3600, shuffled: Bool = false
    ) {
        self.seed = seed
        self.addons = addons
        self.backupsPerAddon = backupsPerAddon
        self.token = token
        self.team = team
        self.timeScale = timeScale
        self.rateLimit = rateLimit
        self.rateLimitWindow = rateLimitWindow
        self.shuffled = shuffled
    }
}
