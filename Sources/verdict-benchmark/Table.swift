import Backups
import Foundation

/// What was found, by kind of incident.
struct Table {
    fileprivate struct Row {
        var kind: IncidentKind?
        var incidents = 0
        /// Findings that had to be told.
        var due = 0
        var found = 0
        var missed = 0
        var lapsed = 0
        var late = 0
        var slow = 0
        var falseFindings = 0
        var polls: [Double] = []
        var delays: [Double] = []
    }

    private static let columns = [
        "incident", "incidents", "findings", "found", "missed", "polls p50", "p95", "delay p50", "p95", "> 2 polls",
        "lapsed", "ended late", "false",
    ]
    /// The false findings that are printed in full, of each kind of incident.
    private static let mostPrinted = 4

    private let world: World
    private let watcher: Watcher
    private let isMarkdown: Bool
    private var rows: [Row] = []

    init(_ world: World, _ watcher: Watcher, isMarkdown: Bool) {
        self.world = world
        self.watcher = watcher
        self.isMarkdown = isMarkdown
        var byKind: [IncidentKind?: Row] = [:]
        for incident in world.incidents { byKind[incident.kind, default: Row(kind: incident.kind)].incidents += 1 }
        for one in watcher.expectations.flatMap(\.self) {
            let kind = one.incident >= 0 ? world.incidents[one.incident].kind : nil
            byKind[kind, default: Row(kind: kind)].add(one)
        }
        for one in watcher.falseFindings {
            let kind = one.incident.map { world.incidents[$0].kind }
            byKind[kind, default: Row(kind: kind)].falseFindings += 1
        }
        rows = IncidentKind.allCases.compactMap { byKind[$0] } + [byKind[nil]].compactMap(\.self)
    }

    /// Whether the exporter has missed nothing and made nothing up.
    var isGood: Bool { rows.allSatisfy { $0.missed == 0 && $0.lapsed == 0 && $0.falseFindings == 0 } }

    func write() {
        let options = world.options
        let years = Double(options.addons * options.days) / 365
        let count = watcher.falseFindings.count
        print(
            "\n\(isMarkdown ? "### " : "")\(options.addons) addons, \(options.days) days, seed \(options.seed), polled every \(Int(options.interval / 60)) minutes: \(world.incidents.count) incidents, \(watcher.polls) polls\n"
        )
        write(Self.columns)
        if isMarkdown { print("| --- |" + String(repeating: " ---: |", count: Self.columns.count - 1)) }
        for row in rows { write(row) }
        print("\nFalse findings: \(count), \(String(format: "%.2f", Double(count) / years)) for each addon in a year.")
        if !isMarkdown { writeFaults() }
    }

    private func write(_ row: Row) {
        let polls = row.polls.sorted()
        let delays = row.delays.sorted()
        func whole(_ share: Double) -> String { polls.nearestRank(share).map { "\(Int($0))" } ?? "" }
        func time(_ share: Double) -> String { delays.nearestRank(share).map(Self.duration) ?? "" }
        write(
            [
                row.kind?.rawValue ?? "(none)", "\(row.incidents)", "\(row.due)", "\(row.found)", "\(row.missed)",
                whole(0.5), whole(0.95), time(0.5), time(0.95), "\(row.slow)", "\(row.lapsed)", "\(row.late)",
                "\(row.falseFindings)",
            ])
    }

    private func write(_ cells: [String]) {
        if isMarkdown { return print("| " + cells.joined(separator: " | ") + " |") }
        let padded = cells.enumerated().map { index, cell in
            let fill = String(repeating: " ", count: max(0, (index == 0 ? 18 : 11) - cell.count))
            return index == 0 ? cell + fill : fill + cell
        }
        print(padded.joined())
    }

    /// The first false findings and missed ones, so that each can be looked into.
    private func writeFaults() {
        var printed: [String: Int] = [:]
        func line(_ what: String, _ incident: Int?, _ addon: String, _ time: Seconds, _ text: String) {
            let kind = incident.map { world.incidents[$0] }
            let name = kind?.kind.rawValue ?? "(none)"
            printed[what + name, default: 0] += 1
            guard printed[what + name, default: 0] <= Self.mostPrinted else { return }
            let began = kind.map { " since \($0.begin.instant.text)" } ?? ""
            print("\(what): \(name)\(began): \(addon) \(time.instant.text) \(Self.readable(text))")
        }
        for one in watcher.falseFindings { line("false", one.incident, one.addon, one.time, one.text) }
        for (addon, expectations) in watcher.expectations.enumerated() {
            for one in expectations {
                let text =
                    "\(one.kind) \(one.type.map { "\($0)" } ?? "") knowable \(one.knowableFrom.instant.text) until \(one.mustUntil.isFinite ? one.mustUntil.instant.text : "the end"), told \(one.told?.instant.text ?? "never")"
                let incident = one.incident >= 0 ? one.incident : nil
                let id = world.stories[addon].id
                if one.isMissed { line("missed", incident, id, one.knowableFrom, text) }
                if let lapsed = one.lapsed { line("lapsed", incident, id, lapsed, text) }
                if one.isLate { line("ended late", incident, id, one.mayUntil.isFinite ? one.mayUntil : 0, text) }
                if one.isRequired, one.toldAfter > 2 {
                    line("> 2 polls", incident, id, one.told ?? 0, text + " after \(one.toldAfter)")
                }
            }
        }
    }

    /// With instants instead of milliseconds.
    private static func readable(_ text: String) -> String {
        text.replacing("Backups.", with: "").replacing(/Timestamp\(milliseconds: (-?\d+)\)/) { match in
            Int64(match.1).map { Timestamp(milliseconds: $0).text } ?? ""
        }
    }

    /// Seconds below two minutes, minutes below two hours, else hours.
    private static func duration(_ seconds: Double) -> String {
        switch seconds {
        case ..<120: String(format: "%.0f s", seconds)
        case ..<7200: String(format: "%.0f min", seconds / 60)
        default: String(format: "%.1f h", seconds / 3600)
        }
    }
}

extension Table.Row {
    fileprivate mutating func add(_ one: Expectation) {
        if one.isLate { late += 1 }
        guard one.isRequired else { return }
        due += 1
        if let told = one.told {
            found += 1
            delays.append(max(0, told - one.knowableFrom))
            if one.kind != "not-observed" { polls.append(Double(one.toldAfter)) }
            if one.toldAfter > 2 { slow += 1 }
        } else {
            missed += 1
        }
        if one.lapsed != nil { lapsed += 1 }
    }
}
