import Backups
import TestSupport
import Testing

@testable import Reports

/// Which questions are understood.
@Suite struct ReportRequestTests {
    private static func request(_ query: String) throws -> ReportRequest {
        try ReportRequest(
            query: query.split(separator: "&").map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "")
            })
    }

    @Test("A range has its first day and its last one; filters can be repeated")
    func good() throws {
        let request = try Self.request(
            "from=2026-07-01&to=2026-09-30&project=a&project=b/c&policy=gold&tag=x&format=html&width=120")
        #expect(request.range == time("2026-07-01T00:00:00Z")..<time("2026-10-01T00:00:00Z"))
        #expect(request.days == 92)
        #expect((request.projects, request.policies, request.tags) == (["a", "b/c"], ["gold"], ["x"]))
        #expect((request.format, request.width) == (.html, 120))
        #expect(try ReportRequest(query: request.query) == request)
        #expect(try Self.request("from=2026-02-28&to=2026-02-28").days == 1)
    }

    @Test(
        "What is wrong, and what to do",
        arguments: [
            ("", "from and to are needed, such as from=2026-07-01&to=2026-09-30"),
            ("from=2026-07-01", "from and to are needed, such as from=2026-07-01&to=2026-09-30"),
            ("from=2026-7-1&to=2026-09-30", "from=2026-7-1 is not a day; write it as in 2026-07-01"),
            ("from=2026-07-01&to=2026-02-30", "to=2026-02-30 is not a day; write it as in 2026-07-01"),
            ("from=2026-07-02&to=2026-07-01", "to=2026-07-01 is before from=2026-07-02; swap them"),
            (
                "from=2016-01-01&to=2026-01-08",
                "the range has 3661 days; ask for 3660 days at most, such as one year"
            ),
            (
                "from=2026-07-01&to=2026-07-01&form=csv",
                "\"form\" is not known; known are from, to, project, policy, tag, format, width"
            ),
            ("from=2026-07-01&to=2026-07-01&format=pdf", "format=pdf is not known; known are table, csv, json, html"),
            ("from=2026-07-01&to=2026-07-01&tag=", "tag is empty; name one, or leave it out for all"),
            ("from=2026-07-01&from=2026-07-01&to=2026-07-01", "from is given 2 times; give it once"),
            ("from=2026-07-01&to=2026-07-01&width=59", "width=59 is no width; give a number from 60 to 400"),
        ])
    func bad(query: String, problem: String) {
        #expect(throws: ReportRequest.Problem(description: problem)) { try Self.request(query) }
    }

    @Test(
        "Filters",
        arguments: [
            ("", true), ("&project=shop", true), ("&project=acme/shop", true), ("&project=sho", false),
            ("&project=other&project=shop", true), ("&policy=gold", true), ("&policy=none", false), ("&tag=b", true),
            ("&tag=c", false), ("&project=shop&policy=silver", false),
        ])
    func filters(query: String, isMeant: Bool) throws {
        var addon = ReportedAddon(
            key: AddonKey(account: "acme", project: "shop", addon: "db"), type: "redis",
            watchedSince: time("2026-01-01T00:00:00Z"))
        (addon.policy, addon.tags) = ("gold", ["a", "b"])
        #expect(try Self.request("from=2026-07-01&to=2026-07-01" + query).includes(addon) == isMeant)
    }

    @Test("A history that has nothing of the range says so")
    func nothing() throws {
        func problem(_ query: String, _ pasts: [AddonPast]) throws -> String? {
            do {
                let request = try Self.request(query)
                _ = try BackupReport(
                    request, keys: pasts.map(\.record.key), past: { key in pasts.first { $0.record.key == key } },
                    zone: { _ in .utc }, zones: { _ in .utc }, madeAt: time("2026-10-01T06:00:00Z"), version: "1")
                return nil
            } catch let problem as ReportRequest.Problem {
                return problem.description
            }
        }
        var record = AddonRecord(
            key: AddonKey(account: "acme", project: "shop", addon: "db"), firstSeen: time("2026-07-10T00:00:00Z"))
        record.lastObserved = time("2026-07-20T00:00:00Z")
        let past = AddonPast(record: record, backups: [])
        #expect(
            try problem("from=2026-07-01&to=2026-07-09", [past])
                == "the history has nothing of 2026-07-01 to 2026-07-09; the oldest record is of 2026-07-10T00:00:00Z")
        #expect(try problem("from=2026-07-01&to=2026-07-10", [past]) == nil)
        #expect(
            try problem("from=2026-07-01&to=2026-07-10&project=x", [past])
                == "no addon of the history is meant by project, policy and tag; leave one out")
        #expect(
            try problem("from=2026-07-01&to=2026-07-09", [])
                == "the history has nothing of 2026-07-01 to 2026-07-09; it has no addon")
    }
}
