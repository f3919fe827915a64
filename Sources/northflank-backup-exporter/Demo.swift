import ArgumentParser
import CurlClient
import Exporter
import ExporterHTTP
import Logging
import Northflank
import NorthflankSimulator
import Polling
import Settings

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the metrics of a simulated fleet.",
        discussion: """
            Starts the simulator of the Northflank API on a free loopback port and polls that, over HTTP like the \
            real one. Needs no token and no configuration.
            """)

    @OptionGroup var web: WebOptions
    @OptionGroup var simulator: SimulatorOptionGroup
    @OptionGroup var logging: LogOptions

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

        var account = AccountConfiguration(token: .environment(Configuration.Variable.token))
        account.name = "demo"
        account.baseURL = baseURL
        account.discovery.enabled = true
        account.discovery.interval = .seconds(60)
        var configuration = Configuration(accounts: [account])
        configuration.poll.interval = .seconds(15)
        let loader = ConfigurationLoader(
            configuration: configuration, environment: [Configuration.Variable.token: simulator.token])
        let curl = CurlClient()
        let exporter = try exiting { () throws(ConfigurationError) in
            try BackupExporter(
                loader: loader, curl: curl, time: .system(on: curl), pulse: Pulse(time: .system), log: log)
        }
        var process = ServeProcess(exporter: exporter, web: web, log: log, signals: ProcessSignals(log: log))
        process.onListening = { [telemetryPath = web.telemetryPath] url in
            try? StandardOutput.write(
                """

                This is a demo: the fleet is simulated at \(baseURL).
                  metrics   \(url)\(telemetryPath)
                  overview  \(url)/
                Stop it with Ctrl-C. To watch your own addons, set NORTHFLANK_API_TOKEN.


                """)
        }
        try await process.run()
    }
}
