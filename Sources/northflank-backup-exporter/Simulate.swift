import ArgumentParser
import ExporterHTTP
import FoundationEssentials
import Logging
import NorthflankSimulator

struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the simulator of the Northflank API alone.",
        discussion: "For tests and development; listens on loopback only. See docs/simulator.md.")

    @Option(
        name: .customLong("simulator.listen-address"),
        help: ArgumentHelp("A loopback address; port 0 takes a free one.", valueName: "address"))
    var address = ListenAddress(host: "127.0.0.1", port: 0)

    @OptionGroup var simulator: SimulatorOptionGroup
    @OptionGroup var logging: LogOptions

    func run() async throws {
        let server = SimulatorServer(
            simulator: simulator.makeSimulator(), host: address.host, port: address.port,
            logger: simulator.quiet(logging.logger()))
        let options = simulator.options
        try await ListenError.explaining(address) {
            try await server.run { baseURL in
                try? StandardOutput.write(
                    """
                    export NORTHFLANK_API_BASE_URL=\(baseURL)
                    export NORTHFLANK_API_TOKEN=\(options.token)

                    """)
            }
        }
    }
}

/// Options about the simulated fleet.
struct SimulatorOptionGroup: ParsableArguments {
    @Option(name: .customLong("simulator.seed"), help: "The fleet is made from this number.")
    var seed: UInt64 = 1

    @Option(name: .customLong("simulator.addons"), help: "How many addons there are.")
    var addons = 12

    @Option(
        name: .customLong("simulator.backups-per-addon"),
        help: "Give every addon exactly so many backups, instead of lists that live.")
    var backupsPerAddon: Int?

    @Option(name: .customLong("simulator.time-scale"), help: "How many times faster than real backups happen.")
    var timeScale = 1.0

    @Option(name: .customLong("simulator.token"), help: "The token that is accepted; not a real one.")
    var token = "simulator-token"

    @Option(name: .customLong("simulator.team"), help: "The team that the fleet belongs to.")
    var team: String?

    @Option(name: .customLong("simulator.rate-limit"), help: "Requests an hour; 0 for no limit.")
    var rateLimit = 10_000

    func validate() throws {
        guard addons >= 0, (backupsPerAddon ?? 0) >= 0, timeScale > 0, timeScale.isFinite, rateLimit >= 0 else {
            throw ValidationError("The simulator's numbers must not be negative.")
        }
    }

    var options: SimulatorOptions {
        SimulatorOptions(
            seed: seed, addons: addons, backupsPerAddon: backupsPerAddon, token: token, team: team,
            timeScale: timeScale, rateLimit: rateLimit == 0 ? nil : rateLimit)
    }

    func makeSimulator() -> Simulator {
        Simulator(options: options, now: { Date().timeIntervalSince1970 })
    }

    /// Requests to the simulator are not worth a line each.
    func quiet(_ log: Logger) -> Logger {
        var quiet = log
        quiet.logLevel = .critical
        return quiet
    }
}
