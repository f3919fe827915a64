import ArgumentParser
import Backups
import Reports

struct Status: AsyncParsableCommand, Documented {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, oneline
    }

    static let configuration = CommandConfiguration(
        abstract: "Show the addons that are not protected, worst first.")

    static let page = HelpPage(
        usage: ["[FILTER ...] [options]"],
        sections: [
            .init(
                "FILTER (one of each kind must match)",
                [
                    "STATE": "never, gone, failing, stuck, late, suspect, unprotected, unknown, waived, paused, ok; or "
                        + "bad (never to unprotected)",
                    "PROJECT/ADDON": "with * and ?, such as 'shop/*'; ACCOUNT/ in front is allowed",
                    "TEXT": "part of account/project/addon, of a name, of the type or of a tag; all texts must match",
                ])
        ],
        notes: [
            .init(
                "OUTPUT",
                [
                    "table": "a row and its worst finding for each addon, counts, verdict",
                    "oneline": "STATE, SINCE, ADDON and TEXT, separated by tabs",
                    "json": "GET /api/health",
                ],
                texts: [
                    "Columns fit the terminal from 60 characters on; 110 show type, size, next due and last check. "
                        + "Paths and findings are never cut. Colour only on a terminal; NO_COLOR turns it off."
                ])
        ],
        codes: [
            "0": "every addon that matches is ok, waived or paused", "1": "at least one is not, or is unknown",
            "2": "no exporter answers, no addon is known, or the filter matches none",
        ],
        examples: [
            "northflank-backup-exporter status",
            "northflank-backup-exporter status failing 'shop/*'",
            "northflank-backup-exporter status --format oneline | grep -c ^late",
        ])

    @Argument(help: ArgumentHelp("A state, PROJECT/ADDON with * and ?, or a text", valueName: "filter"))
    var filters: [String] = []

    @Flag(help: "Show every addon, also waived, paused and ok")
    var all = false

    @Option(help: ArgumentHelp("Show only this project; ACCOUNT/PROJECT is allowed", valueName: "name"))
    var project: String?

    @Option(help: ArgumentHelp("Show only addons with this policy", valueName: "name"))
    var policy: String?

    @Option(help: ArgumentHelp("table, json or oneline", valueName: "format"))
    var format = Format.table

    @Flag(help: "Print JSON, like --format json")
    var json = false

    @OptionGroup var client: ClientOptions

    func run() async throws {
        let whole = try await report()
        let filter = FleetFilter(arguments: filters, project: project, policy: policy)
        if !whole.addons.isEmpty {
            if let problem = filter.unknownName(in: whole) { throw failed("\(Main.name): \(problem)") }
            if !whole.addons.contains(where: filter.matches) {
                throw failed("\(Main.name): \(filter.noMatch(in: whole))")
            }
        }
        let report = whole.filtered(by: filter)
        try StandardOutput.show(text(report, states: filter.states))
        if report.addons.isEmpty { throw ExitCode(2) }
        if !report.isAllWell { throw ExitCode.failure }
    }

    private func report() async throws -> HealthReport {
        do throws(OwnServer.Problem) {
            let server = try client.server()
            let body = try await server.get("/api/health")
            guard let report = try? HealthReport(json: body) else {
                throw server.problem("did not answer with a report")
            }
            return report
        } catch {
            throw failed("\(error)")
        }
    }

    private func text(_ report: HealthReport, states: Set<HealthState>) -> String {
        if json || format == .json { return String(decoding: report.json, as: UTF8.self) + "\n" }
        let terminal = Terminal()
        let text = StatusText(
            report, states: states, showsAll: all, width: terminal.width, colours: terminal.hasColours)
        return format == .oneline ? text.oneline : text.text
    }
}
