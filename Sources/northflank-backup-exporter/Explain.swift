import ArgumentParser
import FoundationEssentials
import Northflank
import Reports

struct Explain: AsyncParsableCommand, Documented {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    static let configuration = CommandConfiguration(
        abstract: "Show one addon: findings, limits, slots, what to do.")

    static let page = HelpPage(
        usage: ["[ACCOUNT/]PROJECT/ADDON [options]"],
        codes: [
            "0": "the addon is ok, waived or paused", "1": "it is not, or is unknown",
            "2": "no exporter answers, or no such addon is watched",
        ],
        examples: [
            "northflank-backup-exporter explain billing/invoices-db",
            "northflank-backup-exporter explain acme/billing/invoices-db --days 30",
        ])

    @Option(help: ArgumentHelp("Days of slots to show, 1 to 90", valueName: "n"))
    var days = Explanation.defaultDays

    @Option(help: ArgumentHelp("text or json", valueName: "format"))
    var format = Format.text

    @OptionGroup var client: ClientOptions

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
        case .json: try StandardOutput.show(String(decoding: explanation.json, as: UTF8.self) + "\n")
        case .text: try StandardOutput.show(Self.coloured(explanation.text))
        }
        if !explanation.isWell { throw ExitCode.failure }
    }

    private static func coloured(_ text: String) -> String {
        guard Terminal().hasColours else { return text }
        return text.replacing(" \(Explanation.mark)", with: " \u{1B}[31m\(Explanation.mark)\u{1B}[0m")
    }
}
