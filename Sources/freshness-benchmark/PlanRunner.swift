import Backups
import Freshness
import Northflank

/// Carries out a plan in virtual time, as the exporter's runner does in real time.
struct PlanRunner {
    private enum Event {
        case polled(Int, sent: Double, pages: Int)
        case schedules(Int)
        case project(Int, sent: Double)
        case lists(sent: Double)
    }

    /// Requests in flight at once, without the readings of the lists.
    private static let concurrency = 8

    private let world: World
    private let ids: [AddonKey: Int]
    private var plan: FreshnessPlan
    private var account = Account()
    private var memories: [Memory]
    private var visible: [[Double]]
    private var queue = EventQueue<Event>()
    /// By addon: runs before this one have ended.
    private var ended: [Int]
    /// Polls since the measured time began.
    private var polls: [PollReason: Int] = [:]

    init(_ world: World, _ settings: FreshnessSettings) {
        self.world = world
        ids = Dictionary(uniqueKeysWithValues: world.addons.enumerated().map { ($1.key, $0) })
        plan = FreshnessPlan(settings: settings)
        memories = Array(repeating: Memory(), count: world.addons.count)
        visible = nothingSeen(world)
        ended = Array(repeating: 0, count: world.addons.count)
    }

    static func run(_ world: World, _ settings: FreshnessSettings) -> Findings {
        var runner = PlanRunner(world, settings)
        return runner.run()
    }

    private mutating func run() -> Findings {
        plan.watch(Set(world.addons.map(\.key)))
        var now = world.span.start
        let webhooks = plan.settings.usesWebhooks ? world.events : []
        var webhook = 0
        while now < world.span.end {
            let wake = step(now)
            let hint = webhook < webhooks.count ? webhooks[webhook].time : .infinity
            now = min(wake, queue.firstTime, hint, world.windowEnd(now))
            while queue.firstTime <= now, let event = queue.pop() { handle(event, now) }
            while webhook < webhooks.count, webhooks[webhook].time <= now {
                let event = webhooks[webhook]
                _ = plan.hint(world.addons[event.addon].key, event.isEnd ? .end : .start, now: now)
                webhook += 1
            }
        }
        var findings = Findings(world, visible: visible, requests: account.measuredRequests)
        let hours = (world.span.end - world.span.measured) / 3600
        findings.polls = PollReason.allCases.map { ($0.rawValue, Double(polls[$0, default: 0]) / hours) }
        return findings
    }

    /// Starts everything that is due. Returns the time of the next step.
    private mutating func step(_ now: Double) -> Double {
        while true {
            let budget = FreshnessPlan.Budget(
                allowance: account.budget.allowance, left: account.budget.left(now: now),
                secondsToReset: account.budget.secondsToReset(now: now))
            switch plan.next(now: now, budget: budget, hasRoom: plan.inFlight < Self.concurrency) {
            case .poll(let key, let reason, let depth):
                if now >= world.span.measured { polls[reason, default: 0] += 1 }
                let addon = ids[key]!
                let pages = depth == .whole ? world.addons[addon].pages : 1
                // The first page shows what has ended.
                let first = account.send(world, now: now)
                var last = first
                for _ in 1..<max(1, pages) {
                    last = account.send(world, continuing: true, now: last + Account.latency)
                }
                queue.push(.polled(addon, sent: first, pages: pages), at: last + Account.latency)
            case .readSchedules(let key):
                let sent = account.send(world, now: now)
                queue.push(.schedules(ids[key]!), at: sent + Account.latency)
            case .readRestores(let key): plan.restoresRead(key, worked: true, now: now)
            case .readProject(let name):
                let sent = account.send(world, now: now)
                queue.push(.project(Int(name.dropFirst())!, sent: sent), at: sent + Account.latency)
            case .readLists:
                var sent = now
                for index in 0...world.projects.count { sent = account.send(world, continuing: index > 0, now: sent) }
                queue.push(.lists(sent: sent), at: sent + Account.latency)
            case .wait(let until): return until
            }
        }
    }

    private mutating func handle(_ event: Event, _ now: Double) {
        switch event {
        case .polled(let addon, let sent, let pages):
            var seen: [Int] = []
            memories[addon].observe(
                world.addons[addon], at: sent, isSeen: { visible[addon][$0] < .infinity }, see: { seen.append($0) })
            for run in seen { visible[addon][run] = now }
            plan.polled(
                world.addons[addon].key, pages: pages, outlook: memories[addon].outlook(world.addons[addon]), now: now)
        case .schedules(let addon):
            memories[addon].readSchedules(world.addons[addon])
            plan.schedulesRead(
                world.addons[addon].key, worked: true, outlook: memories[addon].outlook(world.addons[addon]), now: now)
        case .project(let project, let sent):
            plan.sentinelRead("p\(project)", busy: busy(project, at: sent), requests: 1, now: now)
        case .lists(let sent):
            var busy: [String: Set<AddonKey>] = [:]
            for project in world.projects.indices { busy["p\(project)"] = self.busy(project, at: sent) }
            plan.listsRead(requests: 1 + world.projects.count, busy: busy, now: now)
        }
    }

    private mutating func busy(_ project: Int, at time: Double) -> Set<AddonKey> {
        var busy: Set<AddonKey> = []
        for addon in world.projects[project] {
            let runs = world.addons[addon].runs
            while ended[addon] < runs.count, runs[ended[addon]].end <= time { ended[addon] += 1 }
            var run = ended[addon]
            while run < runs.count, runs[run].start <= time {
                if runs[run].end > time {
                    busy.insert(world.addons[addon].key)
                    break
                }
                run += 1
            }
        }
        return busy
    }
}
