import ArgumentParser
import CurlClient
import Exporter
import ExporterHTTP
import Logging
import Northflank
import Polling
import Settings

struct Serve: AsyncParsableCommand, Documented {
    static let configuration = CommandConfiguration(abstract: "Check backups and serve metrics.")

    static let page = HelpPage(
        usage: ["[options]"],
        notes: [
            .init(
                "SIGNALS",
                [
                    "SIGHUP": "read the configuration again; a bad one changes nothing",
                    "SIGTERM": "end within 5 seconds, like SIGINT",
                ])
        ],
        codes: [
            "0": "ended by a signal", "1": "an address cannot be listened on, or another failure",
            "2": "the configuration is wrong: each mistake has its line",
        ],
        examples: [
            "NORTHFLANK_API_TOKEN=... northflank-backup-exporter serve",
            "northflank-backup-exporter serve --config.file config.yml \\",
            "  --web.listen-address 127.0.0.1:9974",
        ])

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
