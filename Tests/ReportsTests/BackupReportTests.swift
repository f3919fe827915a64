import Backups
import FoundationEssentials
import TestSupport
import Testing

@testable import Reports

/// What a report of a small fleet says, in each format.
@Suite struct BackupReportTests {
    private static func file(_ name: String) throws -> [String] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "testdata/\(name)")
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test(
        "The exact text",
        arguments: [
            (.table, 80, "report-80.txt"), (.table, 120, "report-120.txt"), (.csv, 80, "report.csv"),
            (.json, 80, "report.json"), (.html, 80, "report.html"),
        ] as [(ReportRequest.Format, Int, String)])
    func text(format: ReportRequest.Format, width: Int, name: String) throws {
        let lines = String(decoding: try ReportSample.report(format, width: width).bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let expected = try Self.file(name)
        #expect(lines.count == expected.count)
        for (line, expected) in zip(lines, expected) { #expect(line == expected) }
        if format == .table { #expect(lines.allSatisfy { $0.count <= width }) }
    }

    @Test("A cell that a spreadsheet would run, or that has a comma, a quote or a line break")
    func cells() throws {
        var addon = ReportSample.addon("shop", "db")
        addon.policy = "=1+1"
        addon.owner = "a,b \"c\"\nd"
        let report = BackupReport(
            try ReportSample.request(.csv), [addon], zones: [:], madeAt: time("2026-10-01T06:00:00Z"), version: "1")
        #expect(report.csv.contains(",postgresql,'=1+1,\"a,b \"\"c\"\"\nd\",2025-"))
    }

    @Test("Names in HTML are text, also in the style sheet")
    func escaping() {
        #expect(HTMLText.escaped("<a href='x'>&\"</a>") == "&lt;a href='x'&gt;&amp;&quot;&lt;/a&gt;")
        #expect(ReportStyle.string("a\"</style>\\") == "a\\22 \\3c /style\\3e \\5c ")
    }

    @Test("Several accounts: names have their account, and each account has its zone")
    func accounts() throws {
        let addons = ["acme", "zeta"].map { account -> ReportedAddon in
            var addon = ReportedAddon(
                key: AddonKey(account: account, project: "shop", addon: "db"), type: "redis",
                watchedSince: time("2026-01-01T00:00:00Z"))
            addon.watched = [time("2026-07-01T00:00:00Z")..<time("2026-10-01T00:00:00Z")]
            addon.observed = addon.watched.length
            addon.slots = [.dump: .init(kept: 1)]
            return addon
        }
        let report = BackupReport(
            try ReportSample.request(), addons, zones: ["acme": "UTC", "zeta": "Asia/Tokyo"],
            madeAt: time("2026-10-01T06:00:00Z"), version: "1")
        #expect(report.table.contains("zeta/shop/db"))
        #expect(
            report.limitations.last
                == "All times are UTC. Schedules are read as UTC (account acme) and Asia/Tokyo (account zeta).")
        #expect(report.answer == "2 of 2 judged databases were protected as decided for the whole time.")
        #expect(report.answerRest == "")
    }

    @Test("Nothing is claimed about time without an observation, nor of restores that were not read")
    func silence() throws {
        var addon = ReportSample.addon("shop", "db", policy: "gold")
        addon.watched = [time("2026-07-01T00:00:00Z")..<time("2026-07-11T06:00:00Z")]
        addon.unobserved = []
        addon.slots = [.dump: .init(kept: 10)]
        addon.restores = RestoreFigures(limit: .seconds(90 * 86_400), isKnown: false)
        func report(madeAt: String) throws -> BackupReport {
            BackupReport(
                try ReportSample.request(), [addon], zones: ["acme": "UTC"], madeAt: time(madeAt), version: "1")
        }
        let late = try report(madeAt: "2026-10-01T06:00:00Z")
        #expect(
            late.answer
                == "1 of 1 judged database was protected as decided for the whole observed time (10d 6h of 92d).")
        #expect(
            late.limitations[1]
                == "Nothing is claimed about time before \"watched since\" or after the last observation "
                + "(2026-07-11 06:00 UTC).")
        #expect(late.table.contains("not observed since 2026-07-11"))
        #expect(late.html.contains("not observed since <time>2026-07-11</time>"))
        #expect(
            late.figures.contains {
                $0
                    == (
                        "restore rule (90d)",
                        "0 of 1 databases with the rule kept it; 1 not known: none restored yet, or restores not read"
                    )
            })
        // In a range that goes on, the last check is a moment ago.
        #expect(try !report(madeAt: "2026-07-12T06:00:00Z").table.contains("not observed since"))
    }

    @Test("The time in which no database was observed")
    func observation() throws {
        let report = try ReportSample.report()
        // One of them was watched from after the outage on.
        #expect(report.observation.unobserved == [ReportSample.outage])
        var one = ReportSample.addon("shop", "db")
        one.unobserved = []
        let two = BackupReport(
            try ReportSample.request(), [one, ReportSample.addon("shop", "other")], zones: [:],
            madeAt: time("2026-10-01T06:00:00Z"), version: "1")
        #expect(two.observation.unobserved == [])
    }
}
