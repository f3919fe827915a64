import ArgumentParser
import CurlClient
import Exporter

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show how every addon is protected, and why not.",
        discussion: """
            Asks a running exporter, which costs no request to Northflank. The worst come first. Exits with 0 if \
            every addon is ok or paused, with 1 if one is not, and with 2 if there is nothing to tell.
            """)

    @Option(help: ArgumentHelp("Where the exporter listens.", valueName: "url"))
    var url = "http://127.0.0.1:9974"

    @Flag(help: "Print JSON.")
    var json = false

    @Argument(help: ArgumentHelp("Show only addons with this in account/project/addon.", valueName: "part"))
    var part: String?

    func run() async throws {
        let curl = CurlClient(maxConcurrentTransfers: 1)
        var request = CurlRequest(
            url: url.trimmingSuffix(while: { $0 == "/" }) + "/api/health", userAgent: BuildInfo.userAgent)
        request.totalTimeout = .seconds(10)
        // Nothing secret goes there.
        request.allowInsecureHTTP = true
        var report: HealthReport
        do {
            let response = try await curl.perform(request)
            guard response.status == 200 else { throw Problem(text: "answered with status \(response.status)") }
            report = try HealthReport(json: response.body)
        } catch {
            let reason = (error as? CurlError)?.message ?? (error as? Problem)?.text ?? "did not answer with a report"
            StandardError.write("\(url): \(reason); is the exporter running there? Name it with --url\n")
            throw ExitCode(2)
        }
        await curl.shutdown()
        if let part { report.addons.removeAll { !"\($0.account)/\($0.project)/\($0.addon)".contains(part) } }
        guard !report.addons.isEmpty else {
            StandardError.write(
                part.map { "no addon has \"\($0)\" in account/project/addon\n" }
                    ?? "the exporter knows no addon yet; its log and its metrics tell why\n")
            throw ExitCode(2)
        }
        try StandardOutput.write(json ? String(decoding: report.json, as: UTF8.self) + "\n" : Self.table(report))
        if !report.isAllWell { throw ExitCode.failure }
    }

    private struct Problem: Error {
        let text: String
    }

    private static func table(_ report: HealthReport) -> String {
        let names = report.addons.map { "\($0.account)/\($0.project)/\($0.addon)" }
        let width = names.map(\.count).max() ?? 0
        var text = ""
        for (addon, name) in zip(report.addons, names) {
            let state = addon.state.padded(to: 12)
            let reasons = addon.reasons.map(\.text)
            let first = reasons.first ?? addon.lastCompleted.map { "last completed \($0)" } ?? ""
            text += "\(state) \(name.padded(to: width))  \(first)\n"
            for reason in reasons.dropFirst() { text += "\("".padded(to: width + 15))\(reason)\n" }
        }
        return text + report.counts.map { "\($0.count) \($0.state)" }.joined(separator: ", ") + "\n"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

extension StringProtocol {
    /// The text without the characters at its end that `isUnwanted` is true for.
    fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> String {
        var rest = self[...]
        while let last = rest.last, isUnwanted(last) { rest = rest.dropLast() }
        return String(rest)
    }
}
