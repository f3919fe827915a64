import Backups

@testable import Reports

/// Reports of 2026-11-27, 03:12:41 UTC, made of values.
enum FleetSample {
    static let now = "2026-11-27T03:12:41Z"

    static func addon(
        _ path: String, _ state: String, since: String? = nil, findings: [HealthReport.Finding] = [],
        byType: [HealthReport.TypeFacts] = [], nextDue: String? = nil, lastObserved: String? = "2026-11-27T03:12:01Z",
        type: String = "postgresql", policy: String? = nil, tags: [String]? = nil
    ) -> HealthReport.Addon {
        let parts = path.split(separator: "/").map(String.init)
        var addon = HealthReport.Addon(
            account: parts[0], project: parts[1], addon: parts[2], projectName: parts[1], addonName: parts[2],
            type: type, tags: tags, policy: policy, state: state, since: since, findings: findings,
            lastObserved: lastObserved)
        (addon.byType, addon.nextDue) = (byType, nextDue)
        return addon
    }

    static func finding(_ kind: String, _ state: String, _ text: String, type: String? = "dump") -> HealthReport.Finding
    {
        HealthReport.Finding(kind: kind, state: state, text: text, type: type)
    }

    static func dump(_ completed: String?, size: Int64? = nil, limit: Int64? = 88_200) -> HealthReport.TypeFacts {
        HealthReport.TypeFacts(type: "dump", lastCompleted: completed, sizeBytes: size, limitSeconds: limit)
    }

    static func account(
        _ name: String, addons: Int = 1, isReachable: Bool? = true, error: HealthReport.Problem? = nil,
        firstChecks: HealthReport.FirstChecks? = nil
    ) -> HealthReport.Account {
        HealthReport.Account(
            account: name, reachable: isReachable, error: error, addons: addons, firstChecks: firstChecks)
    }

    static let outage = HealthReport.Problem(
        reason: "unavailable", status: 503, message: "Northflank answers HTTP 503", since: "2026-11-27T02:55:00Z",
        remedy: "check Northflank's status page; the exporter retries every minute")

    static func report(
        _ addons: [HealthReport.Addon], accounts: [HealthReport.Account] = [account("acme")], shard: String? = nil
    ) -> HealthReport {
        var report = HealthReport([], now: .init(seconds: 1_795_749_161))
        (report.generatedAt, report.addons, report.accounts, report.shard) = (now, addons, accounts, shard)
        return report
    }

    /// So many addons in these states.
    static func addons(_ counts: KeyValuePairs<String, Int>, lastObserved: String? = "2026-11-27T00:41:00Z")
        -> [HealthReport.Addon]
    {
        counts.flatMap { state, count in
            (0..<count).map { addon("acme/shop/\(state)-\($0)", state, lastObserved: lastObserved) }
        }
    }

    static let never = addon(
        "acme/staging/sandbox-db", "never", since: "2026-10-28T09:45:00Z",
        findings: [
            finding(
                "never-completed", "never", "no completed backup exists; one was due by 2026-10-28 09:45 UTC", type: nil
            ),
            finding("slots-missed", "late", "30 scheduled dumps in a row did not start"),
        ], byType: [dump(nil)], nextDue: "2026-11-27T09:15:00Z", type: "mongodb", policy: "scratch")

    static let failing = addon(
        "acme/billing/invoices-db", "failing", since: "2026-11-24T19:52:41Z",
        findings: [
            finding(
                "attempt-failed", "failing", "the last 3 dumps failed; latest 7h 20m ago (2026-11-26 19:52 UTC)"),
            finding("too-old", "late", "last completed dump: 3d 7h ago"),
            finding("not-since-upgrade", "suspect", "no completed backup since the upgrade", type: nil),
        ], byType: [dump("2026-11-23T20:00:41Z", size: 6_700_000_000)], nextDue: "2026-11-27T19:50:00Z",
        type: "mysql", policy: "gold", tags: ["critical"])

    static let gone = addon(
        "acme/billing/billing-archive", "gone", since: "2026-11-26T21:40:00Z",
        findings: [
            finding(
                "gone", "gone",
                "not in Northflank's lists since 2026-11-26 21:40 UTC (confirmed 21:50 UTC); last completed dump "
                    + "2026-11-26 02:06 UTC, 118 GB", type: nil)
        ], byType: [dump("2026-11-26T02:06:00Z")])

    static let unprotected = addon(
        "acme/staging/users-copy", "unprotected", since: "2026-11-27T03:11:00Z",
        findings: [
            finding(
                "no-objective", "unprotected",
                "no backup schedule and no max_age; a missing backup would not be noticed", type: nil)
        ], type: "mysql")

    static let ok = addon(
        "acme/shop/orders-db", "ok", since: "2026-11-20T00:00:00Z",
        byType: [dump("2026-11-27T01:00:41Z", size: 330_000_000)], nextDue: "2026-11-28T01:00:00Z", policy: "gold")

    static let paused = addon(
        "acme/shop/carts", "paused", since: "2026-11-20T00:00:00Z",
        findings: [finding("paused", "paused", "the addon is paused", type: nil)])
}
