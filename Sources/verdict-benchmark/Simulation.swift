import Backups
import Foundation
import Freshness
import Polling

/// The world and the exporter, from the exporter's start to the end of the world.
final class Simulation {
    private let world: World
    private let server: Server
    private let time: VirtualTime
    private let folder: URL
    private var files = 0
    private var exporter: ExporterRun?
    private(set) var watcher: Watcher
    private var nextUnobserved: Seconds = 0
    /// How far the exporter's clock was ahead when that was computed.
    private var lastAhead: Seconds = 0
    /// By addon: the number of the expectation that it is not observed.
    private var unobserved: [Int: Int] = [:]
    /// Whether all lists since the first answer of a reading worked.
    private var isReadingWhole = false
    private var projectsLeft = 0
    private var readAt: Seconds = 0

    init(_ world: World, log: Watcher.Log?) {
        self.world = world
        // More than an observation may be old.
        time = VirtualTime(world.fleetIncidents, error: max(.hour, 4 * world.options.interval))
        server = Server(world, time)
        watcher = Watcher(world, log: log)
        folder = FileManager.default.temporaryDirectory.appending(path: "verdict-benchmark-\(UUID().uuidString)")
    }

    private var path: String { folder.appending(path: "history-\(files).sqlite").path }

    func run() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var events = world.fleetIncidents.flatMap { [($0.begin, $0, true), ($0.end, $0, false)] }[...]
        start()
        while time.now < world.end {
            noteUnobserved()
            while let (at, incident, isBegin) = events.first, at <= time.now {
                events.removeFirst()
                watcher.log(nil, time.now, incident.kind.rawValue + (isBegin ? " begins" : " ends"))
                if isBegin { try begin(incident) } else { end(incident) }
            }
            guard let exporter else {
                time.advance(to: min(time.now + .hour, events.first?.0 ?? world.end))
                continue
            }
            if await exporter.step(show, answered: { [self] in answered($0, worked: $1, isTaken: $2) }) { continue }
            let next = min(exporter.wait, time.now + 60, events.first?.0 ?? .infinity)
            time.advance(to: max(next, time.now + 0.5))
        }
        exporter?.stop()
    }

    private func start() { exporter = ExporterRun(world, server, time, path: path, show: show) }

    private func show(_ addon: Int, _ findings: [Finding]) {
        // The clock can have jumped during a request.
        if time.ahead(at: time.now) != lastAhead { noteUnobserved() }
        watcher.show(addon, findings, at: time.now)
    }

    private func begin(_ incident: Incident) throws {
        switch incident.kind {
        case .restart:
            exporter?.stop()
            start()
        case .kill:
            let old = path
            files += 1
            try exporter?.kill(copyTo: path, from: old)
            start()
        case .downtime:
            exporter?.stop()
            exporter = nil
        default: break
        }
    }

    private func end(_ incident: Incident) {
        if incident.kind == .downtime { start() }
    }

    /// Lets the watcher know what was observed, before and after the exporter has taken it in.
    private func answered(_ request: Account.Request, worked: Bool, isTaken: Bool) {
        if !isTaken { log(request, worked) }
        switch request {
        case .backups(let key, _, _, _, _): observe(key.addon, .poll, worked, isTaken)
        case .schedules(let key): observe(key.addon, .schedules, worked, isTaken)
        case .projects:
            if !isTaken { (isReadingWhole, projectsLeft) = (worked, Set(world.stories.map(\.project)).count) }
        case .addons:
            if !isTaken {
                isReadingWhole = isReadingWhole && worked
                projectsLeft -= 1
            }
            guard projectsLeft == 0, isReadingWhole else { return }
            for story in world.stories where story.maxAge == nil { observe(story.id, .lists, true, isTaken) }
        default: break
        }
    }

    private func observe(_ id: String, _ source: Expectation.Source, _ worked: Bool, _ isTaken: Bool) {
        guard worked, let addon = server.number(id) else { return }
        if isTaken {
            watcher.settle(addon, source, at: time.now, isClockWrong: time.isWrong)
        } else {
            if source == .poll, let index = unobserved.removeValue(forKey: addon) {
                let served = server.served(addon)
                watcher.change(addon, index) { ($0.mustUntil, $0.mayUntil) = (served, served) }
            }
            watcher.observes(addon, source, at: time.now, isClockWrong: time.isWrong)
        }
    }

    /// Which addons were not observed for longer than the limit by the exporter's clock, by what the API has given out.
    private func noteUnobserved() {
        let limit = 3 * world.options.interval
        let now = time.now
        let ahead = time.ahead(at: now)
        guard now >= nextUnobserved || ahead != lastAhead else { return }
        lastAhead = ahead
        let all = server.served.map { $0 + time.ahead(at: $0) - ahead }
        nextUnobserved = (all.min() ?? now) + limit - 120
        for (number, served) in all.enumerated() where now > served + limit - 120 {
            nextUnobserved = now + 1
            let story = world.stories[number]
            let began = story.begin(before: now)
            let served = max(served, began + time.ahead(at: began) - ahead)
            guard now > served + limit - 120 else { continue }
            if let index = unobserved[story.number] {
                // After a jump of the clock it may be polled at once.
                let due = max(served + limit, watcher.expectations[story.number][index].mayFrom)
                let isMeant = now > due + 180 && exporter != nil && story.exists(at: time.now)
                if isMeant { watcher.change(story.number, index) { ($0.binding, $0.knowableFrom) = (2, due) } }
                continue
            }
            var one = Expectation(.notObserved, mayFrom: max(served + limit, now - 120), mustUntil: .infinity)
            one.incident = world.fleetIncidents.last { $0.begin <= time.now && time.now < $0.end + .hour }?.id ?? -1
            unobserved[story.number] = watcher.expect(one, of: story.number)
        }
    }

    private func log(_ request: Account.Request, _ worked: Bool) {
        let result = worked ? "" : ", no answer"
        switch request {
        case .backups(let key, let reason, let reach, _, _):
            let part = reach == nil ? "whole" : "newest"
            watcher.log(server.number(key.addon), time.now, "poll (\(reason.rawValue), \(part))\(result)")
        case .schedules(let key): watcher.log(server.number(key.addon), time.now, "reading of schedules\(result)")
        case .projects: watcher.log(nil, time.now, "reading of lists begins\(result)")
        case .addons(let project): watcher.log(nil, time.now, "reading of the addons of \(project)\(result)")
        default: break
        }
    }
}
