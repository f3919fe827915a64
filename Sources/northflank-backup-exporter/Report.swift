import ArgumentParser
import Backups
import Fleet
import FoundationEssentials
import Glibc
import History
import Northflank
import Reports
import Settings

struct Report: AsyncParsableCommand, Documented {
    static let configuration = CommandConfiguration(
        abstract: "Show what was kept in a time range, for audits.")

    static let page = HelpPage(
        usage: ["--from DAY --to DAY [options]"],
        notes: [
            .init("NOTES", texts: ["The report covers only time that was observed, and says which was not."])
        ],
        codes: [
            "0": "written, also if addons were not protected: the report says which",
            "1": "the file of --output cannot be written",
            "2": "no history for this range, or no exporter and no readable history",
        ],
        examples: [
            "northflank-backup-exporter report --from 2026-07-01 --to 2026-09-30",
            "northflank-backup-exporter report --from 2026-07-01 --to 2026-09-30 \\",
            "  --policy gold --format html --output q3.html",
        ])

    /// A report of a large fleet takes longer than other answers.
    private static let patience = Duration.seconds(120)

    @Option(help: ArgumentHelp("First day, such as 2026-07-01 (UTC)", valueName: "day"))
    var from: String

    @Option(help: ArgumentHelp("Last day, included", valueName: "day"))
    var to: String

    @Option(help: ArgumentHelp("Only this project; can be repeated", valueName: "name"))
    var project: [String] = []

    @Option(help: ArgumentHelp("Only addons with this policy, or none; can be repeated", valueName: "name"))
    var policy: [String] = []

    @Option(help: ArgumentHelp("Only addons with this tag; can be repeated", valueName: "name"))
    var tag: [String] = []

    @Option(help: ArgumentHelp("table, csv, json or html", valueName: "format"))
    var format = "table"

    @Option(help: ArgumentHelp("Write to FILE instead of standard output", valueName: "file"))
    var output: String?

    @Option(
        name: .customLong("state.path"),
        help: ArgumentHelp("Read this history, read-only, if no exporter answers", valueName: "file"))
    var statePath: String?

    @OptionGroup var client: ClientOptions

    func validate() throws {
        do throws(ReportRequest.Problem) { _ = try request() } catch { throw ValidationError("\(error).") }
    }

    private func request() throws(ReportRequest.Problem) -> ReportRequest {
        var query = [("from", from), ("to", to), ("format", format)]
        query += project.map { ("project", $0) } + policy.map { ("policy", $0) } + tag.map { ("tag", $0) }
        var request = try ReportRequest(query: query.map { (name: $0.0, value: $0.1) })
        if output == nil { request.width = min(max(Terminal().width ?? 80, 60), 400) }
        return request
    }

    func run() async throws {
        let bytes: [UInt8]
        do {
            let progress = ProgressLine()
            defer { progress.end() }
            bytes = try await report(try request(), progress)
        } catch let error as ExitCode {
            throw error
        } catch {
            StandardError.write("northflank-backup-exporter: \(error)\n")
            throw ExitCode(2)
        }
        guard let output else { return try StandardOutput.write(String(decoding: bytes, as: UTF8.self)) }
        try ResultFile.write(bytes, to: output)
    }

    private func report(_ request: ReportRequest, _ progress: ProgressLine) async throws -> [UInt8] {
        let unanswered: OwnServer.Problem
        do throws(OwnServer.Problem) {
            let server = try client.server()
            let query = request.query.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
            let begin = ContinuousClock.now
            let text: @Sendable () -> String = {
                "report: the exporter reads its history, \((ContinuousClock.now - begin).components.seconds)s"
            }
            let (status, body) = try await progress.during(text) { () async throws(OwnServer.Problem) in
                try await server.get("/api/report?\(query)", orExplained: [404], timeout: Self.patience)
            }
            if status == 200 { return body }
            let problem = String(decoding: body.prefix(500), as: UTF8.self).prefix { !$0.isNewline }
            // An earlier version, or another program, has no such page.
            guard problem.contains("history") else { throw server.problem("has no reports") }
            throw OwnServer.Problem(description: String(problem))
        } catch {
            // An exporter that was named is meant, and its answer too.
            guard !isExporterNamed, error.isUnanswered else { throw error }
            unanswered = error
        }
        return try read(request, unanswered, progress)
    }

    private var isExporterNamed: Bool {
        client.url != nil || ProcessInfo.processInfo.environment["NORTHFLANK_EXPORTER_URL"] != nil
    }

    /// Makes the report from the file.
    private func read(
        _ request: ReportRequest, _ unanswered: OwnServer.Problem, _ progress: ProgressLine
    ) throws -> [UInt8] {
        let environment = ProcessInfo.processInfo.environment
        let named = statePath ?? environment[Configuration.Variable.statePath]
        guard case .file(let path) = named.map(HistoryLocation.init(path:)) ?? .standard(environment: environment)
        else { throw unanswered }
        let now = Timestamp.now
        let history: History
        do throws(HistoryReadError) {
            history = try History.readOnly(path: path, now: now)
        } catch {
            throw OwnServer.Problem(description: "\(unanswered)\n\(error)")
        }
        defer { history.close() }
        let zone = environment[Configuration.Variable.timeZone].map(TimeZones.zone) ?? .utc
        let keys = history.keys(at: now)
        var read = 0
        return try BackupReport(
            request, keys: keys,
            past: { key in
                read += 1
                progress.show("report: \(read) of \(keys.count) addons read")
                return history.past(of: key, at: now)
            }, zone: { _ in zone },
            zones: TimeZones.zone, madeAt: now, version: BuildInfo.version
        ).bytes
    }
}
