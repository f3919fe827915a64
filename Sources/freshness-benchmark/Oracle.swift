/// A poller that knows when each backup ends and polls at that moment, as long as the window has requests left. Without
/// requests left, the addons that have waited longest are polled first in the next window. One poll shows all ended
/// backups of an addon.
struct Oracle {
    static func run(_ world: World, allowance: Int) -> Findings {
        struct End {
            var time: Double
            var addon: Int
        }
        var ends: [End] = []
        for (index, addon) in world.addons.enumerated() {
            for run in addon.runs where run.end >= world.span.start {
                ends.append(End(time: run.end, addon: index))
            }
        }
        ends.sort { ($0.time, $0.addon) < ($1.time, $1.addon) }

        var polls: [[Double]] = world.addons.map { _ in [] }
        var waiting: [Int] = []
        var isWaiting = [Bool](repeating: false, count: world.addons.count)
        var next = 0
        var measured = 0
        func poll(_ addon: Int, at time: Double) {
            polls[addon].append(time)
            if time >= world.span.measured, time < world.span.measuredEnd { measured += 1 }
        }
        for (begin, end) in zip(world.windows, world.windows.dropFirst() + [.infinity]) {
            let served = min(allowance, waiting.count)
            for addon in waiting.prefix(served) {
                poll(addon, at: begin)
                isWaiting[addon] = false
            }
            waiting.removeFirst(served)
            var left = allowance - served
            while next < ends.count, ends[next].time < end {
                let (time, addon) = (ends[next].time, ends[next].addon)
                next += 1
                guard !isWaiting[addon] else { continue }
                if left > 0 {
                    left -= 1
                    poll(addon, at: time)
                } else {
                    isWaiting[addon] = true
                    waiting.append(addon)
                }
            }
        }
        return Findings(world, visible: visible(world, polls), requests: measured)
    }

    /// The time at which each end is seen: the first poll that is not before it.
    private static func visible(_ world: World, _ polls: [[Double]]) -> [[Double]] {
        var visible = nothingSeen(world)
        for (index, addon) in world.addons.enumerated() {
            for (run, backup) in addon.runs.enumerated() {
                if let poll = polls[index].first(where: { $0 >= backup.end }) {
                    visible[index][run] = poll + Account.latency
                }
            }
        }
        return visible
    }
}
