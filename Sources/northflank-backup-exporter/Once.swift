import ArgumentParser
import CurlClient
import Exporter
import Exposition
import Northflank
import Polling
import Settings

struct Once: AsyncParsableCommand, Documented {
    static let configuration = CommandConfiguration(abstract: "Check every addon once and print the metrics.")

    static let page = HelpPage(
        usage: ["[options]"],
        notes: [
            .init(
                "OUTPUT",
                texts: ["Prometheus's text format. With --output it is for the textfile collector of node_exporter."])
        ],
        codes: [
            "0": "every addon was checked",
            "1": "an addon could not be checked; if none could, the file stays as it is",
            "2": "the configuration is wrong",
        ],
        examples: [
            "northflank-backup-exporter once",
            "northflank-backup-exporter once --output /var/lib/node_exporter/backups.prom",
        ])

    @OptionGroup var config: ConfigOptions
    @OptionGroup var logging: LogOptions

    @Option(help: ArgumentHelp("Replace this file instead of printing", valueName: "file"))
    var output: String?

    func run() async throws {
        let log = logging.logger()
        let loader = config.loader(log: log)
        let curl = CurlClient()
        let exporter = try exiting { () throws(ConfigurationError) in
            try BackupExporter(
                loader: loader, curl: curl, time: .system(on: curl), pulse: Pulse(time: .system), log: log)
        }
        let text: @Sendable () -> String? = { exporter.progress }
        let isComplete = await ProgressLine().during(text) { await exporter.collectOnce() }
        await exporter.shutDown()
        let page = exporter.page(.text, isTextfile: output != nil).whole()
        if let output {
            guard exporter.hasData else {
                StandardError.write("no addon could be read; \(output) is unchanged\n")
                throw ExitCode.failure
            }
            try ResultFile.write(page, to: output)
        } else {
            try StandardOutput.write(String(decoding: page, as: UTF8.self))
        }
        if !isComplete { throw ExitCode.failure }
    }
}
