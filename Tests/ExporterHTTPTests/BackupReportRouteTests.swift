import Backups
import HTTPTypes
import HummingbirdTesting
import Reports
import TestSupport
import Testing

@testable import ExporterHTTP

/// The route of the report of a range of days.
struct BackupReportRouteTests {
    /// Answers with a report of one addon.
    private static var served: Served {
        Served(backupReport: { request in
            let addon = ReportedAddon(
                key: AddonKey(account: "acme", project: "shop", addon: "db"), type: "redis",
                watchedSince: time("2026-01-01T00:00:00Z"))
            return .success(
                BackupReport(request, [addon], zones: [:], madeAt: time("2026-10-01T06:00:00Z"), version: "1.2.0"))
        })
    }

    @Test(
        "each format with its media type",
        arguments: [
            ("", "text/plain; charset=utf-8", "Backup report 2026-07-01 to 2026-09-30 (92 days)"),
            ("&format=csv", "text/csv; charset=utf-8", "account,project,addon,"),
            ("&format=json", "application/json", "{"), ("&format=html", "text/html; charset=utf-8", "<!doctype html>"),
        ])
    func formats(query: String, type: String, start: String) async throws {
        let response = try await Self.served.ask(.get, "/api/report?from=2026-07-01&to=2026-09-30\(query)")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == type)
        #expect(response.text.hasPrefix(start))
    }

    @Test("a question that is not understood, also with encoded letters, and one that the history cannot answer")
    func problems() async throws {
        let odd = try await Self.served.ask(.get, "/api/report?from=2026-07-01&to=yesterday%20")
        #expect(odd.status == .badRequest)
        #expect(odd.text == "to=yesterday  is not a day; write it as in 2026-07-01.\n")
        let nothing = try await Served().ask(.get, "/api/report?from=2026-07-01&to=2026-07-01")
        #expect(nothing.status == .notFound)
        #expect(nothing.text == "the history has nothing.\n")
        #expect(try await Self.served.ask(.post, "/api/report").status == .methodNotAllowed)
    }
}
