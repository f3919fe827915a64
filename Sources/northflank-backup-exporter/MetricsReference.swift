import ArgumentParser
import Catalog

struct MetricsReference: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics-reference", abstract: "Print the reference of all metrics as Markdown.",
        shouldDisplay: false)

    func run() throws { try StandardOutput.write(MetricDocumentation.markdown()) }
}
