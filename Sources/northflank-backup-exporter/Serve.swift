import ArgumentParser
import CurlClient
import Exporter
import ExporterHTTP
import Logging
import Northflank
import Polling
import Settings

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Poll and serve metrics.")

    @OptionGroup var config: ConfigOptions
    @OptionGroup var web: WebOptions
    @OptionGroup var logging: LogOptions
    @OptionGroup var clock: ClockOptions

    func run() async throws {
        let log = logging.logger()
        let signals = ProcessSignals(log: log)
        let loader = config.loader(log: log)
        let curl = CurlClient()
        let exporter = try exiting { () throws(ConfigurationError) in
            try BackupExporter(
                loader: loader, curl: curl, time: clock.time(on: curl), pulse: Pulse(time: .system), log: log)
        }
        try await ServeProcess(exporter: exporter, web: web, log: log, signals: signals).run()
    }
}
