import ArgumentParser
import FoundationEssentials
import Glibc
import Northflank
import Reports

struct Explain: AsyncParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    static let configuration = CommandConfiguration(
        abstract: "Show one addon: findings, limits, slots, what to do.",
        discussion: """
            Asks a running exporter, which costs no request to Northflank.

            EXIT CODES
              0  the addon is ok, waived or paused
              1  it is not, or is unknown
              2  no exporter answers, or no such addon is watched
              64 an option or the form of the name is wrong

            EXAMPLES
              northflank-backup-exporter explain billing/invoices-db
              northflank-backup-exporter explain acme/billing/invoices-db --days 30
            """)

    @OptionGroup var client: ClientOptions

    @Option(help: ArgumentHelp("Days of slots to show, 1 to 90.", valueName: "n"))
    var days = Explanation.defaultDays

    @Option(help: ArgumentHelp("The output; json is GET /api/addons/ACCOUNT/PROJECT/ADDON.", valueName: "format"))
    var format = Format.text

    @Argument(help: ArgumentHelp("The addon; ACCOUNT/ can be left out.", valueName: "account/project/addon"))
    var addon: String

    func validate() throws {
        guard (2...3).contains(path.count), !path.contains("") else {
            throw ValidationError("Name the addon as PROJECT/ADDON or ACCOUNT/PROJECT/ADDON.")
        }
        let allowed = Explanation.allowedDays
        guard allowed.contains(days) else {
            throw ValidationError("--days must be between \(allowed.lowerBound) and \(allowed.upperBound).")
        }
    }

    private var path: [String] { addon.split(separator: "/", omittingEmptySubsequences: false).map(String.init) }

    func run() async throws {
        let explanation: Explanation
        do {
            let server = try client.server()
            let path = path.map(\.percentEncoded).joined(separator: "/")
            let (status, body) = try await server.get(
                "/api/addons/\(path)?days=\(days)", orExplained: [404, 409])
            guard status == 200 else {
                let problem = String(decoding: body, as: UTF8.self)
                // Another program, or an earlier version, has other texts.
                guard problem.contains(addon) else { throw server.problem("answers HTTP \(status)") }
                StandardError.write("northflank-backup-exporter: \(problem)")
                throw ExitCode(2)
            }
            guard let read = try? Explanation(json: body) else {
                throw server.problem("did not answer with an explanation")
            }
            explanation = read
        } catch let problem as OwnServer.Problem {
            StandardError.write("\(problem)\n")
            throw ExitCode(2)
        }
        switch format {
        case .json: try StandardOutput.write(String(decoding: explanation.json, as: UTF8.self) + "\n")
        case .text: try StandardOutput.write(Self.coloured(explanation.text))
        }
        if !explanation.isWell { throw ExitCode.failure }
    }

    /// With red marks on a terminal, unless the user wants no colour.
    private static func coloured(_ text: String) -> String {
        let isPlain = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        guard isatty(STDOUT_FILENO) == 1, !isPlain else { return text }
        return text.replacing(" \(Explanation.mark)", with: " \u{1B}[31m\(Explanation.mark)\u{1B}[0m")
    }
}
