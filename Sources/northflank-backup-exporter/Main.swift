import ArgumentParser
import CSupport
import Fleet
import Glibc

/// The composition root; one file for each subcommand.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "northflank-backup-exporter",
        abstract: "Prometheus metrics of the backups of Northflank addons.",
        discussion: """
            Polls the Northflank API in the background and serves what it knows on /metrics. Configure it by a \
            file (--config.file) or by NORTHFLANK_API_TOKEN or NORTHFLANK_API_TOKEN_FILE, and optionally \
            NORTHFLANK_API_BASE_URL, NORTHFLANK_TEAM, NORTHFLANK_ADDONS=project/addon,project/addon, \
            NORTHFLANK_MAX_AGE, NORTHFLANK_TIME_ZONE, NORTHFLANK_WEBHOOK_TOKEN (or _FILE) and NORTHFLANK_STATE_PATH. \
            The SDK's NF_API_TOKEN, NF_API_HOST and NF_HOST count as well.

            Without a subcommand it serves: all options of serve can be given directly, such as \
            northflank-backup-exporter --config.file config.yml --web.listen-address :9974
            """,
        version: """
            northflank-backup-exporter, version \(BuildInfo.version) (revision: \(BuildInfo.revision))
              swift:   \(BuildInfo.swiftVersion)
              libcurl: \(BuildInfo.libcurlVersion)
            """,
        subcommands: [
            Serve.self, CheckConfig.self, Once.self, Status.self, Explain.self, Report.self, Forget.self, State.self,
            HealthCheck.self,
            Demo.self,
            Simulate.self,
            MetricsReference.self,
        ],
        defaultSubcommand: Serve.self)

    static func main() async {
        // First of all: the environment may hold a token.
        nbe_keep_memory_private()
        nbe_tune_malloc()
        // A SIGHUP before the exporter handles it must not end the process.
        signal(SIGHUP, SIG_IGN)
        await main(arguments)
    }

    /// The arguments of the program, without its own name.
    private static var arguments: [String] {
        (0..<nbe_argument_count()).dropFirst().map { unsafe String(cString: nbe_argument($0)) }
    }
}
