import ArgumentParser
import CurlClient
import Exporter
import ExporterHTTP
import Logging
import Northflank
import NorthflankSimulator
import Polling
import Settings

struct Demo: AsyncParsableCommand, Documented {
    static let configuration = CommandConfiguration(
        abstract: "Serve the metrics of a simulated fleet, without a token.")

    static let page = HelpPage(
        usage: ["[options]"],
        codes: ["0": "ended by a signal", "1": "an address cannot be listened on, or another failure"],
        examples: [
            "northflank-backup-exporter demo",
            "northflank-backup-exporter demo --web.listen-address 127.0.0.1:0",
        ])

    @OptionGroup var web: WebOptions
    @OptionGroup var simulator: SimulatorOptionGroup
    @OptionGroup var logging: LogOptions

    /// The configuration of the demo.
    private static func yaml(baseURL: String) -> String {
        """
        accounts:
          - name: demo
            base_url: \(baseURL)
            token_env: \(Configuration.Variable.token)
            discovery: {enabled: true, interval: 1m}
            policies:
              - name: gold
                match: {tags: [critical]}
                owner: payments@acme.example
                min_backups: 14
                min_span: 14d
              - name: standard
                match: {projects: [analytics, billing, shop]}
                owner: data@acme.example
                min_backups: 7
              - name: scratch
                match: {projects: [staging]}
                owner: platform@acme.example
        poll: {interval: 15s}
        """
    }

    func run() async throws {
        let log = logging.logger()
        let (urls, found) = AsyncStream.makeStream(of: String.self)
        let server = SimulatorServer(simulator: simulator.makeSimulator(), logger: simulator.quiet(log))
        let simulating = Task {
            defer { found.finish() }
            try await server.run { found.yield($0) }
        }
        // Not cancelled: it ends with the process, and a server that ends while a client connects can trap.
        guard let baseURL = await urls.first(where: { _ in true }) else { return try await simulating.value }

        let configuration = try exiting { () throws(ConfigurationError) in
            try Configuration(yaml: Self.yaml(baseURL: baseURL), file: "demo.yml")
        }
        let loader = ConfigurationLoader(
            configuration: configuration, environment: [Configuration.Variable.token: simulator.token])
        let curl = CurlClient()
        let exporter = try exiting { () throws(ConfigurationError) in
            try BackupExporter(
                loader: loader, curl: curl, time: .system(on: curl), pulse: Pulse(time: .system), log: log)
        }
        var process = ServeProcess(exporter: exporter, web: web, log: log, signals: ProcessSignals(log: log))
        process.onListening = { [telemetryPath = web.telemetryPath, prefix = try web.paths().prefix] url in
            try? StandardOutput.write(
                """

                This is a demo: the fleet is simulated at \(baseURL).
                  metrics   \(url)\(prefix)\(telemetryPath)
                  overview  \(url)\(prefix)/
                Stop it with Ctrl-C. To watch your own addons, set NORTHFLANK_API_TOKEN.


                """)
        }
        try await process.run()
    }
}
