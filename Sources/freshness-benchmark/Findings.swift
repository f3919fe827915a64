import Backups

/// The result of a poller: the delays of the ends, and the cost in requests.
struct Findings {
    /// Seconds from each end until a poll shows it, ascending.
    private(set) var delays: [Double] = []
    /// The same for failures.
    private(set) var failureDelays: [Double] = []
    var requestsPerHour = 0.0
    /// Polls by reason, for pollers that have reasons.
    var polls: [(reason: String, perHour: Double)] = []

    /// - Parameter visible: by addon and run, the time at which its end was seen; infinity if never.
    init(_ world: World, visible: [[Double]], requests: Int) {
        let span = world.span
        for (addon, times) in zip(world.addons, visible) {
            for (run, time) in zip(addon.runs, times) where run.end >= span.measured && run.end < span.measuredEnd {
                let delay = min(time, span.end) - run.end
                delays.append(delay)
                if run.isFailure { failureDelays.append(delay) }
            }
        }
        delays.sort()
        failureDelays.sort()
        requestsPerHour = Double(requests) / ((span.measuredEnd - span.measured) / 3600)
    }

    static func quantile(_ share: Double, _ sorted: [Double]) -> Double { sorted.nearestRank(share) ?? 0 }
}

/// By addon and run, the time at which its end was seen.
func nothingSeen(_ world: World) -> [[Double]] {
    world.addons.map { [Double](repeating: .infinity, count: $0.runs.count) }
}
