import ArgumentParser
import CurlClient
import ExporterHTTP
import FoundationEssentials
import Glibc
import Logging
import Logs
import Northflank
import Pages
import Reports
import Settings

/// Options about logs.
struct LogOptions: ParsableArguments {
    enum Level: String, ExpressibleByArgument, CaseIterable {
        case debug, info, warn, error

        var level: Logger.Level {
            switch self {
            case .debug: .debug
            case .info: .info
            case .warn: .warning
            case .error: .error
            }
        }
    }

    @Option(
        name: .customLong("log.level"),
        help: ArgumentHelp("Least severity: debug, info, warn or error", valueName: "level"))
    var level = Level.info

    @Option(name: .customLong("log.format"), help: ArgumentHelp("logfmt or json", valueName: "format"))
    var format = LogFormat.logfmt

    /// A logger that writes to standard error.
    func logger() -> Logger {
        let (level, format) = (level.level, format)
        return Logger(label: "northflank-backup-exporter") { _ in
            LineLogHandler(
                level: level, format: format,
                now: {
                    Date().formatted(
                        .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(
                            separator: .omitted))
                },
                write: { StandardError.write($0) })
        }
    }
}

extension LogFormat: ExpressibleByArgument {}

/// Options about the configuration.
struct ConfigOptions: ParsableArguments {
    @Option(
        name: .customLong("config.file"),
        help: ArgumentHelp("Configuration file; without it, the environment", valueName: "file"))
    var file: String?

    @OptionGroup var shards: ShardOptions

    func loader(log: Logger) -> ConfigurationLoader {
        let environment = ProcessInfo.processInfo.environment
        return ConfigurationLoader(
            file: file, environment: environment, shards: shards.settings(environment: environment)
        ) { problem in
            log.warning(
                "token file cannot be read", metadata: ["error": "\(problem.message)", "keeps": "previous"])
        }
    }
}

/// Options about the division of a fleet among several exporters.
struct ShardOptions: ParsableArguments {
    @Option(
        name: .customLong("shard.count"),
        help: ArgumentHelp("Exporters that share the addons (default: 1)", valueName: "number"))
    var count: String?

    @Option(
        name: .customLong("shard.index"),
        help: ArgumentHelp(
            "Number of this exporter, from 0; or ordinal, the number at the end of the host name", valueName: "index"))
    var index: String?

    @Option(
        name: .customLong("shard.address"),
        help: ArgumentHelp(
            "Address of each for /sd, such as exporter-{index}.exporter:9974", valueName: "address"))
    var address: String?

    func settings(environment: [String: String]) -> ShardSettings {
        ShardSettings(
            count: count, index: index, address: address, environment: environment,
            hostName: ProcessInfo.processInfo.hostName)
    }
}

/// Options about the HTTP server.
struct WebOptions: ParsableArguments {
    @Option(
        name: .customLong("web.listen-address"),
        help: ArgumentHelp(
            "Where to listen, such as 127.0.0.1:9974 or [::1]:9974; can be repeated (default: :9974)",
            valueName: "address"))
    var addresses: [ListenAddress] = []

    @Option(
        name: .customLong("web.telemetry-path"),
        help: ArgumentHelp("Path of the metrics", valueName: "path"))
    var telemetryPath = "/metrics"

    @Option(
        name: .customLong("web.external-url"),
        help: ArgumentHelp(
            "URL under which people reach the exporter; its path begins every route", valueName: "url"))
    var externalURL: String?

    @Option(
        name: .customLong("web.route-prefix"),
        help: ArgumentHelp(
            "Path of every route (default: that of --web.external-url)", valueName: "path"))
    var routePrefix: String?

    @Option(
        name: .customLong("web.grafana-url"),
        help: ArgumentHelp("URL of Grafana, for links to the dashboard of an addon", valueName: "url"))
    var grafanaURL: String?

    @Option(
        name: .customLong("web.northflank-url"),
        help: ArgumentHelp(
            "URL of an addon at Northflank, with {account}, {project} and {addon} for the names",
            valueName: "template"))
    var northflankURL: String?

    @Option(
        name: .customLong("web.runbook-url"),
        help: ArgumentHelp("URL of the folder with the runbooks", valueName: "url"))
    var runbookURL: String?

    @Flag(name: .customLong("web.enable-lifecycle"), help: "Allow POST /-/reload and /-/forget, and GET /api/state")
    var enableLifecycle = false

    @Option(
        name: .customLong("web.config.file"),
        help: ArgumentHelp(
            "TLS and users, as Prometheus's exporters have them", valueName: "file")
    )
    var configFile: String?

    @Flag(
        name: .customLong("web.open-health"),
        help: "Answer /-/healthy and /-/ready without a user")
    var openHealth = false

    @Option(
        name: .customLong("web.max-connections"),
        help: ArgumentHelp("Most connections; a quarter of them for one client", valueName: "number"))
    var maxConnections = 256

    @Flag(
        name: .customLong("web.systemd-socket"),
        help: "Listen on the sockets of systemd only")
    var systemdSocket = false

    func validate() throws {
        guard telemetryPath.hasPrefix("/"), !telemetryPath.hasPrefix("/-/") else {
            throw ValidationError("--web.telemetry-path must begin with a slash, and not with /-/.")
        }
        guard (8...65_536).contains(maxConnections) else {
            throw ValidationError("--web.max-connections must be between 8 and 65536.")
        }
        guard !systemdSocket || addresses.isEmpty else {
            throw ValidationError("--web.systemd-socket and --web.listen-address exclude each other.")
        }
        let taken = [
            ExporterResponder.webhookPath, ExporterResponder.reportPath, ExporterResponder.backupReportPath,
            ExporterResponder.discoveryPath, ExporterResponder.statePath, ExporterResponder.addonPagePath, "/",
        ]
        guard !taken.contains(telemetryPath) else {
            throw ValidationError("--web.telemetry-path must not be a path that is used for something else.")
        }
        _ = try paths()
        _ = try links()
    }
}

extension WebOptions {
    /// Where the routes are.
    func paths() throws -> WebPaths {
        do throws(WebPaths.Problem) {
            return try WebPaths(external: externalURL, prefix: routePrefix)
        } catch { throw ValidationError(error.description) }
    }

    /// Where links lead.
    func links() throws -> WebLinks {
        let external = try paths().external
        do throws(WebPaths.Problem) {
            return WebLinks(
                pages: PageLinks(
                    external: external,
                    grafana: try grafanaURL.map { url throws(WebPaths.Problem) in
                        try WebPaths.url(url, "--web.grafana-url")
                    },
                    northflank: try northflankURL.map { url throws(WebPaths.Problem) in
                        try WebPaths.url(url, "--web.northflank-url")
                    },
                    telemetryPath: telemetryPath),
                runbooks: RunbookLinks(
                    base: try runbookURL.map { url throws(WebPaths.Problem) in
                        try WebPaths.url(url, "--web.runbook-url")
                    }))
        } catch { throw ValidationError(error.description) }
    }

    /// Who may ask, and how.
    func access(connections: Connections, log: Logger) throws -> WebAccess {
        try exiting { () throws(ConfigurationError) in
            try WebAccess(path: configFile, opensHealth: openHealth, connections: connections, log: log)
        }
    }

    /// Where to listen.
    func sources() throws -> [ListenSource] {
        guard systemdSocket else {
            return (addresses.isEmpty ? [ListenAddress(host: "", port: 9974)] : addresses).map { .address($0) }
        }
        do throws(SystemdSockets.Problem) {
            return try SystemdSockets.descriptors(
                environment: ProcessInfo.processInfo.environment, processID: getpid()
            ).map { .descriptor($0) }
        } catch {
            StandardError.write("\(error)\n")
            throw ExitCode.badConfiguration
        }
    }
}

/// The clock, for tests against a simulator whose time runs faster. Hidden, because only tests use it.
struct ClockOptions: ParsableArguments {
    @Option(
        name: .customLong("clock.scaled"), parsing: .upToNextOption,
        help: ArgumentHelp("Real epoch seconds, the scaled ones of that instant, and the scale.", visibility: .private))
    var scaled: [Double] = []

    func validate() throws {
        guard scaled.isEmpty || scaled.count == 3 && scaled[2] > 0 else {
            throw ValidationError("--clock.scaled takes three numbers, the last one above 0.")
        }
    }

    func time(on curl: CurlClient) -> any TimeSource {
        scaled.isEmpty
            ? .system(on: curl)
            : ScaledTime(.system(on: curl), origin: (real: scaled[0], scaled: scaled[1]), scale: scaled[2])
    }
}

extension ListenAddress: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
