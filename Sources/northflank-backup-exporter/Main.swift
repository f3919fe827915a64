import ArgumentParser
import CSupport
import Fleet
import Glibc

/// The composition root; one file for each subcommand.
@main
struct Main: AsyncParsableCommand {
    static let name = "northflank-backup-exporter"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Watch the backups of Northflank addons.",
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
            MetricsReference.self, ManualPage.self,
        ],
        defaultSubcommand: Serve.self)

    static func main() async {
        // First of all: the environment may hold a token.
        nbe_keep_memory_private()
        nbe_tune_malloc()
        // A SIGHUP before the exporter handles it must not end the process.
        signal(SIGHUP, SIG_IGN)
        let arguments = arguments
        do {
            switch HelpRequest(arguments) {
            case .help(let text): try StandardOutput.show(text)
            case .unknownCommand(let problem):
                StandardError.write(problem)
                throw ExitCode.validationFailure
            case nil: await main(arguments)
            }
        } catch {
            exit(withError: error)
        }
    }

    /// The arguments of the program, without its own name.
    private static var arguments: [String] {
        (0..<nbe_argument_count()).dropFirst().map { unsafe String(cString: nbe_argument($0)) }
    }
}
