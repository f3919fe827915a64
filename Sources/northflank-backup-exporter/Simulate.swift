import ArgumentParser
import ExporterHTTP
import FoundationEssentials
import Logging
import NorthflankSimulator

struct Simulate: AsyncParsableCommand, Documented {
    static let configuration = CommandConfiguration(abstract: "Run the simulated Northflank API alone.")

    static let page = HelpPage(
        usage: ["[options]"],
        notes: [
            .init("NOTES", texts: ["For tests and development. It listens on loopback only."])
        ],
        codes: ["0": "ended by a signal", "1": "the address cannot be listened on, or is not a loopback address"],
        examples: [
            "northflank-backup-exporter simulate",
            "northflank-backup-exporter simulate --simulator.addons 1000",
        ])

    @Option(
        name: .customLong("simulator.listen-address"),
        help: ArgumentHelp("Loopback address; port 0 takes a free one", valueName: "address"))
    var address = ListenAddress(host: "127.0.0.1", port: 0)

    @OptionGroup var simulator: SimulatorOptionGroup
    @OptionGroup var logging: LogOptions

    func run() async throws {
        let server = SimulatorServer(
            simulator: simulator.makeSimulator(), host: address.host, port: address.port,
            logger: simulator.quiet(logging.logger()))
        let options = simulator.options
        try await ListenError.explaining(.address(address)) {
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
    @Option(name: .customLong("simulator.seed"), help: "Number that the fleet is made from")
    var seed: UInt64 = 1

    @Option(name: .customLong("simulator.addons"), help: "Addons of the fleet")
    var addons = 12

    @Option(
        name: .customLong("simulator.backups-per-addon"),
        help: "Fixed number of backups of each addon")
    var backupsPerAddon: Int?

    @Option(name: .customLong("simulator.time-scale"), help: "How many times faster backups happen")
    var timeScale = 1.0

    @Flag(
        name: .customLong("simulator.virtual-clock"),
        help: "Let all time run at the time scale, so that schedules hold")
    var virtualClock = false

    @Option(
        name: .customLong("simulator.virtual-start"),
        help: ArgumentHelp("Begin at this time, such as 2026-03-01T00:00:00Z", valueName: "time"))
    var virtualStart: SimulatedInstant?

    @Option(
        name: .customLong("simulator.personality"),
        help: ArgumentHelp(
            "Make an addon failing, for example; can be repeated", valueName: "project/addon=personality"))
    var personalities: [ForcedPersonality] = []

    @Option(
        name: .customLong("simulator.webhook-url"),
        help: ArgumentHelp("Loopback URL to notify of backups", valueName: "url"))
    var webhookURL: String?

    @Option(name: .customLong("simulator.webhook-token"), help: "Secret of the webhook; not a real one")
    var webhookToken = ""

    @Option(name: .customLong("simulator.token"), help: "Token that is accepted; not a real one")
    var token = "simulator-token"

    @Option(name: .customLong("simulator.team"), help: "Team that the fleet belongs to")
    var team: String?

    @Flag(name: .customLong("simulator.shuffled"), help: "List backups in no particular order")
    var shuffled = false

    @Option(name: .customLong("simulator.rate-limit"), help: "Requests an hour; 0 for no limit")
    var rateLimit = 10_000

    func validate() throws {
        guard addons >= 0, (backupsPerAddon ?? 0) >= 0, rateLimit >= 0 else {
            throw ValidationError("The simulator's numbers must not be negative.")
        }
        guard SimulatorOptions.timeScales.contains(timeScale) else {
            throw ValidationError("The simulator's time scale must be from 0.001 to 1000000.")
        }
        do {
            _ = try webhookURL.map { try Webhook(url: $0, token: webhookToken) }
        } catch {
            throw ValidationError("The simulator cannot notify: \(error).")
        }
        let unknown = options.unknownAddons
        guard unknown.isEmpty else {
            throw ValidationError("The simulator has no addon \(unknown.joined(separator: ", ")).")
        }
    }

    var options: SimulatorOptions {
        SimulatorOptions(
            seed: seed, addons: addons, backupsPerAddon: backupsPerAddon, token: token, team: team,
            timeScale: timeScale, virtualClock: virtualClock, virtualStart: virtualStart?.seconds,
            rateLimit: rateLimit == 0 ? nil : rateLimit, shuffled: shuffled,
            personalities: Dictionary(
                personalities.map { ($0.addon, $0.personality) }, uniquingKeysWith: { _, last in last }),
            webhook: webhookURL.flatMap { try? Webhook(url: $0, token: webhookToken) })
    }

    func makeSimulator() -> Simulator {
        Simulator(options: options, now: { Date().timeIntervalSince1970 })
    }

    /// Requests to the simulator do not need a log line each.
    func quiet(_ log: Logger) -> Logger {
        var quiet = log
        quiet.logLevel = .critical
        return quiet
    }
}

/// An instant in ISO 8601, in seconds since 1970.
struct SimulatedInstant: ExpressibleByArgument {
    let seconds: Double

    init?(argument: String) {
        guard let date = try? Date(argument, strategy: .iso8601) else { return nil }
        seconds = date.timeIntervalSince1970
    }
}

/// `shop/orders-db=failing`.
struct ForcedPersonality: ExpressibleByArgument {
    let addon: String
    let personality: Personality

    init?(argument: String) {
        let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2, let personality = Personality(rawValue: String(parts[1])) else { return nil }
        addon = String(parts[0])
        self.personality = personality
    }
}
