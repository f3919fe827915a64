import Northflank

/// A poller that reads all pages of the addons one after the other, evenly: the baseline of the comparison.
struct RoundRobin {
    static func run(_ world: World) -> Findings {
        var account = Account()
        let interval = 3600 / Double(account.budget.allowance)
        var visible = nothingSeen(world)
        var known = [Int](repeating: 0, count: world.addons.count)
        var now = world.span.start
        var turn = 0
        while now < world.span.end {
            let addon = turn % world.addons.count
            turn += 1
            var time = now
            for page in 0..<world.addons[addon].pages {
                time = account.send(world, continuing: page > 0, now: max(now, time))
                now = max(now + interval, time)
            }
            let runs = world.addons[addon].runs
            // Runs overlap, so runs after an unfinished run can have ended.
            for run in known[addon]..<runs.count {
                if runs[run].start > time { break }
                if runs[run].end <= time, visible[addon][run] == .infinity {
                    visible[addon][run] = time + Account.latency
                }
            }
            while known[addon] < runs.count, runs[known[addon]].end <= time { known[addon] += 1 }
        }
        return Findings(world, visible: visible, requests: account.measuredRequests)
    }
}
