import Foundation
import Freshness
import Northflank

/// The pollers side by side, in one world.
struct Table {
    private let world: World
    private let title: String

    init(_ world: World, days: Int, seed: Int) {
        self.world = world
        title = "\(world.addons.count) addons in \(world.projects.count) projects, \(days) days, seed \(seed)"
    }

    func write(isMarkdown: Bool) {
        let oracle = Oracle.run(world, allowance: Account().budget.allowance)
        print("\n\(isMarkdown ? "### " : "")\(title): \(oracle.delays.count) ends, \(oracle.failureDelays.count) failures\n")
        row(["poller", "requests/h", "p50", "p95", "max", "mean", "failures p50", "p95", "max"], isMarkdown)
        if isMarkdown { print("| --- |" + String(repeating: " ---: |", count: 8)) }
        row("round robin", RoundRobin.run(world), isMarkdown)
        for (name, sentinel, slots, webhooks) in [
            ("sweep", false, false, false), ("sweep + sentinel", true, false, false), ("sweep + slots", false, true, false),
            ("sweep + slots + sentinel", true, true, false), ("all, with webhooks", true, true, true),
        ] {
            var settings = FreshnessSettings(interval: 300, listInterval: 600, concurrency: 8)
            if !slots { settings.schedulesInterval = nil }
            (settings.usesSentinel, settings.usesSlots, settings.usesWebhooks) = (sentinel, slots, webhooks)
            let begun = Date()
            row(name, PlanRunner.run(world, settings), isMarkdown, begun)
        }
        row("oracle", oracle, isMarkdown)
    }

    private func row(_ name: String, _ findings: Findings, _ isMarkdown: Bool, _ begun: Date? = nil) {
        let (all, failures) = (findings.delays, findings.failureDelays)
        let mean = all.reduce(0, +) / Double(max(1, all.count))
        row(
            [name, String(Int(findings.requestsPerHour.rounded()))]
                + [Findings.quantile(0.5, all), Findings.quantile(0.95, all), all.last ?? 0, mean].map(duration)
                + [Findings.quantile(0.5, failures), Findings.quantile(0.95, failures), failures.last ?? 0].map(duration),
            isMarkdown)
        if let begun, ProcessInfo.processInfo.environment["DETAILS"] != nil {
            let polls = findings.polls.map { "\($0.reason) \(Int($0.perHour.rounded()))" }.joined(separator: ", ")
            print("    polls/h: \(polls); \(String(format: "%.1f", Date().timeIntervalSince(begun))) s")
        }
    }

    private func row(_ cells: [String], _ isMarkdown: Bool) {
        if isMarkdown { return print("| " + cells.joined(separator: " | ") + " |") }
        let padded = cells.enumerated().map { index, cell in
            let width = index == 0 ? 26 : 12
            let fill = String(repeating: " ", count: max(0, width - cell.count))
            return index == 0 ? cell + fill : fill + cell
        }
        print(padded.joined())
    }

    /// Seconds below two minutes, minutes below two hours, else hours.
    private func duration(_ seconds: Double) -> String {
        switch seconds {
        case ..<10: String(format: "%.1f s", seconds)
        case ..<120: String(format: "%.0f s", seconds)
        case ..<7200: String(format: "%.1f min", seconds / 60)
        default: String(format: "%.1f h", seconds / 3600)
        }
    }
}
