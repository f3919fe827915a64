import Backups
import Foundation
import Freshness
import Northflank

/// The pollers side by side, in one world.
struct Table {
    /// Which layers are on.
    private struct Layers {
        var name: String
        var sentinel = false
        var slots = false
        var webhooks = false
    }

    private static let layers = [
        Layers(name: "sweep"),
        Layers(name: "sweep, sentinel", sentinel: true),
        Layers(name: "sweep, slots", slots: true),
        Layers(name: "sweep, slots, sentinel", sentinel: true, slots: true),
        Layers(name: "all, with webhooks", sentinel: true, slots: true, webhooks: true),
    ]
    private static let columns = [
        "poller", "requests/h", "p50", "p95", "of oracle's", "max", "mean", "failures: p50", "p95", "max",
    ]

    let world: World
    let title: String
    let showsPolls: Bool
    let isMarkdown: Bool

    func write() {
        let oracle = Oracle.run(world, allowance: Account().budget.allowance)
        let counts = "\(oracle.delays.count) ends, \(oracle.failureDelays.count) of them failures"
        print("\n\(isMarkdown ? "### " : "")\(title): \(counts)\n")
        write(Self.columns)
        if isMarkdown { print("| --- |" + String(repeating: " ---: |", count: Self.columns.count - 1)) }
        write("round robin", RoundRobin.run(world), oracle)
        for layers in Self.layers {
            var settings = FreshnessSettings(interval: .seconds(300), listInterval: .seconds(600))
            if !layers.slots { settings.schedulesInterval = nil }
            settings.usesSentinel = layers.sentinel
            settings.usesSlots = layers.slots
            settings.usesWebhooks = layers.webhooks
            let findings = PlanRunner.run(world, settings)
            write(layers.name, findings, oracle)
            guard showsPolls, !isMarkdown else { continue }
            print("    " + findings.polls.map { "\($0.reason) \(Int($0.perHour.rounded()))/h" }.joined(separator: ", "))
        }
        write("oracle", oracle, oracle)
    }

    private func write(_ name: String, _ findings: Findings, _ oracle: Findings) {
        let (all, failures) = (findings.delays, findings.failureDelays)
        let mean = all.reduce(0, +) / Double(max(1, all.count))
        let p95 = Findings.quantile(0.95, all)
        let ratio = p95 / max(Account.latency, Findings.quantile(0.95, oracle.delays))
        var cells = [name, String(Int(findings.requestsPerHour.rounded()))]
        cells += [duration(Findings.quantile(0.5, all)), duration(p95)]
        cells += [String(format: ratio < 10 ? "%.2f" : "%.0f", ratio), duration(all.last ?? 0), duration(mean)]
        cells += [Findings.quantile(0.5, failures), Findings.quantile(0.95, failures), failures.last ?? 0].map(duration)
        write(cells)
    }

    private func write(_ cells: [String]) {
        if isMarkdown { return print("| " + cells.joined(separator: " | ") + " |") }
        let padded = cells.enumerated().map { index, cell in
            let fill = String(repeating: " ", count: max(0, (index == 0 ? 24 : 14) - cell.count))
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
