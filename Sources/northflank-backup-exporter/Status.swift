import ArgumentParser
import Reports

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show how every addon is protected, and why not.",
        discussion: """
            Asks a running exporter, which costs no request to Northflank. The worst come first. Exits with 0 if \
            every addon is ok or paused, with 1 if one is not or an account without addons cannot be read, and with 2 \
            if no addon is known or the exporter does not answer. Errors of accounts come first.
            """)

    @OptionGroup var client: ClientOptions

    @Flag(help: "Print JSON.")
    var json = false

    @Argument(help: ArgumentHelp("Show only addons with this in account/project/addon.", valueName: "part"))
    var part: String?

    func run() async throws {
        var report: HealthReport
        do {
            let server = try client.server()
            let body = try await server.get("/api/health")
            guard let read = try? HealthReport(json: body) else {
                throw server.problem("did not answer with a report")
            }
            report = read
        } catch {
            StandardError.write("\(error)\n")
            throw ExitCode(2)
        }
        guard !report.addons.isEmpty else {
            StandardError.write((report.accountTexts + [report.headline]).joined(separator: "\n") + "\n")
            throw ExitCode(2)
        }
        if let part { report.narrow(to: part) }
        guard !report.addons.isEmpty else {
            StandardError.write("no addon has \"\(part ?? "")\" in account/project/addon\n")
            throw ExitCode(2)
        }
        try StandardOutput.write(json ? String(decoding: report.json, as: UTF8.self) + "\n" : Self.table(report))
        if !report.isAllWell { throw ExitCode.failure }
    }

    private static func table(_ report: HealthReport) -> String {
        let names = report.addons.map { "\($0.account)/\($0.project)/\($0.addon)" }
        let width = names.map(\.count).max() ?? 0
        var text = report.accountTexts.map { $0 + "\n" }.joined()
        for (addon, name) in zip(report.addons, names) {
            let state = addon.state.padded(to: 12)
            let findings = addon.findings.map(\.text)
            let completed = addon.lastCompleted.map { ["last completed \($0)"] } ?? []
            let reasons = (findings.isEmpty ? completed : findings) + addon.notes
            let first = reasons.first ?? ""
            text += "\(state) \(name.padded(to: width))  \(first)\n"
            for reason in reasons.dropFirst() { text += "\("".padded(to: width + 15))\(reason)\n" }
        }
        return text + report.headline + "\n"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
