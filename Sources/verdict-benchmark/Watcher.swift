import Backups

/// Compares what the exporter shows with what it should.
struct Watcher {
    /// What is printed while the world goes on.
    struct Log {
        /// The number of an addon; nil for all of them.
        var addon: Int?
    }

    /// A finding that nothing explains.
    struct False {
        var addon: String
        var time: Seconds
        var kind: String
        var text: String
        /// The incident that it is most likely due to; nil in quiet.
        var incident: Int?
    }

    let world: World
    private(set) var expectations: [[Expectation]]
    /// By addon: expectations before this one have begun.
    private var begun: [Int]
    /// By addon: the expectations that have begun and are not over.
    private(set) var open: [[Int]]
    private(set) var falseFindings: [False] = []
    /// By addon, the kinds of the false findings that are shown.
    private var standing: [Set<String>]
    private(set) var polls = 0
    /// By addon: when it was last observed.
    private var observed: [Seconds]
    /// By addon: when its schedules were last read.
    private var schedulesRead: [Seconds]
    let log: Log?
    /// By addon, the findings that were logged last.
    var shown: [String]

    init(_ world: World, log: Log?) {
        self.world = world
        self.log = log
        expectations = world.expectations
        begun = world.stories.map { _ in 0 }
        open = world.stories.map { _ in [] }
        standing = world.stories.map { _ in [] }
        observed = world.stories.map { _ in -.infinity }
        schedulesRead = observed
        shown = world.stories.map { _ in "" }
    }

    /// An observation of an addon is about to be taken in.
    ///
    /// - Parameter time: when the API answered.
    mutating func observes(_ addon: Int, _ source: Expectation.Source, at time: Seconds, isClockWrong: Bool) {
        if source == .poll { polls += 1 }
        if source == .schedules { schedulesRead[addon] = time }
        begin(addon, time)
        if log != nil {
            logIncidents(addon, observed[addon], time)
            observed[addon] = time
        }
        for index in open[addon] where expectations[addon][index].source == source {
            let one = expectations[addon][index]
            if time > one.knowableFrom, !(isClockWrong && one.isMadeByTime) {
                if one.told == nil { expectations[addon][index].observations += 1 }
                let first = one.firstObserved ?? time
                expectations[addon][index].firstObserved = first
                let isDecided = one.slot.map { schedulesRead[addon] > $0 || time > first + .hour } ?? true
                if time < one.mustUntil, isDecided { expectations[addon][index].binding += 1 }
            }
            let end = one.holds.flatMap { holds in one.told.map { $0 + holds + 3 * .hour } } ?? one.mayUntil
            if time > end { expectations[addon][index].later += 1 }
        }
    }

    /// An observation was taken in: what it shows must be told.
    mutating func settle(_ addon: Int, _ source: Expectation.Source, at time: Seconds, isClockWrong: Bool) {
        for index in open[addon] where expectations[addon][index].source == source {
            let one = expectations[addon][index]
            guard one.told != nil, one.lapsed == nil, !one.isShown, time > one.knowableFrom, time + 1 < one.mustUntil,
                !(isClockWrong && one.isMadeByTime)
            else { continue }
            if let holds = one.holds, let told = one.told, time > told + holds - 60 { continue }
            expectations[addon][index].lapsed = time
            log(addon, time, "LAPSED: \(one.kind)")
        }
    }

    /// The exporter shows these findings of an addon.
    mutating func show(_ addon: Int, _ findings: [Finding], at time: Seconds) {
        logChange(addon, findings, time)
        begin(addon, time)
        if findings.isEmpty, open[addon].isEmpty, standing[addon].isEmpty { return }
        var present: [(kind: String, type: BackupType?, finding: Finding, isExplained: Bool)] = []
        for finding in findings {
            if let kind = finding.kind { present.append((kind.rawValue, finding.type, finding, false)) }
        }
        for index in open[addon] {
            var one = expectations[addon][index]
            one.isShown = false
            for place in present.indices where one.covers(present[place].kind, present[place].type) {
                present[place].isExplained = true
                one.isShown = true
            }
            if one.isShown {
                if one.told == nil, time <= one.mustUntil + .minute {
                    (one.told, one.toldAfter) = (time, one.observations)
                }
                if one.later >= 2, one.lapsed == nil, !isAlsoExpected(one, of: addon, at: time) { one.isLate = true }
            }
            expectations[addon][index] = one
        }
        open[addon].removeAll { index in
            let one = expectations[addon][index]
            return !one.isShown && (time > one.mayUntil && one.later > 0 || one.holds != nil && one.told != nil)
        }
        let unexplained = present.filter { !$0.isExplained }
        let new = Set(unexplained.map(\.kind))
        for one in unexplained where !standing[addon].contains(one.kind) {
            falseFindings.append(
                False(
                    addon: world.stories[addon].id, time: time, kind: one.kind, text: "\(one.finding)",
                    incident: suspect(addon, time)))
            log(addon, time, "FALSE: \(one.kind)")
        }
        standing[addon] = new
    }

    /// Whether another expectation that is not over is about the same finding.
    private func isAlsoExpected(_ one: Expectation, of addon: Int, at time: Seconds) -> Bool {
        open[addon].contains { index in
            let other = expectations[addon][index]
            return time <= other.mayUntil && other.covers(one.kind, one.type)
        }
    }

    /// Adds an expectation that follows from the run: an addon that was not observed for too long.
    mutating func expect(_ expectation: Expectation, of addon: Int) -> Int {
        expectations[addon].append(expectation)
        open[addon].append(expectations[addon].count - 1)
        return expectations[addon].count - 1
    }

    mutating func change(_ addon: Int, _ index: Int, _ body: (inout Expectation) -> Void) {
        body(&expectations[addon][index])
    }

    /// The incident of the addon, or of the fleet, that was last before an instant.
    private func suspect(_ addon: Int, _ time: Seconds) -> Int? {
        let fleet = world.fleetIncidents.last { incident in
            let isClock = incident.kind == .clockAhead || incident.kind == .clockBehind
            return incident.begin <= time && time < incident.end + (isClock ? 3 * .hour : 20 * .minute)
        }
        return (fleet ?? world.stories[addon].incidents.last { $0.begin <= time && time < $0.end })?.id
    }

    private mutating func begin(_ addon: Int, _ time: Seconds) {
        let all = world.expectations[addon]
        while begun[addon] < all.count, all[begun[addon]].mayFrom <= time {
            open[addon].append(begun[addon])
            begun[addon] += 1
        }
    }
}
