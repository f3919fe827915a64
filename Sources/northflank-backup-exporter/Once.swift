import ArgumentParser
import CurlClient
import Exporter
import Exposition
import Northflank
import Polling
import Settings

struct Once: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Collect once and print the metrics.",
        discussion: """
            Prints the text format to standard output, or replaces a file for node_exporter's textfile collector. \
            Exits with 1 if an addon could not be collected; if none could, the file stays as it is.
            """)

    @OptionGroup var config: ConfigOptions
    @OptionGroup var logging: LogOptions

    @Option(help: ArgumentHelp("Replace this file atomically instead of printing.", valueName: "file"))
    var output: String?

    func run() async throws {
        let log = logging.logger()
        let loader = config.loader(log: log)
        let curl = CurlClient()
        let exporter = try exiting { () throws(ConfigurationError) in
            try BackupExporter(
                loader: loader, curl: curl, time: .system(on: curl), pulse: Pulse(time: .system), log: log)
        }
        let isComplete = await exporter.collectOnce()
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
