import Backups
import TestSupport

@testable import Reports

/// A small fleet of each kind that a report knows, in the third quarter of 2026.
enum ReportSample {
    private static let day = Duration.seconds(86_400)
    private static let hour = Duration.seconds(3600)
    private static let minute = Duration.seconds(60)

    static func request(_ format: ReportRequest.Format = .table, width: Int = 80) throws -> ReportRequest {
        var request = try ReportRequest(from: "2026-07-01", to: "2026-09-30")
        (request.format, request.width) = (format, width)
        return request
    }

    static func report(_ format: ReportRequest.Format = .table, width: Int = 80) throws -> BackupReport {
        BackupReport(
            try request(format, width: width), addons, zones: ["acme": "Europe/Berlin"],
            madeAt: time("2026-10-01T06:00:00Z"), version: "1.2.0")
    }

    static let outage = time("2026-08-14T00:12:00Z")..<time("2026-08-16T06:40:00Z")

    /// An addon that was watched all the time, apart from the outage.
    static func addon(_ project: String, _ name: String, type: String = "postgresql", policy: String? = nil)
        -> ReportedAddon
    {
        var addon = ReportedAddon(
            key: AddonKey(account: "acme", project: project, addon: name), type: type,
            watchedSince: time("2025-10-11T08:00:00Z"))
        addon.policy = policy
        addon.watched = [time("2026-07-01T00:00:00Z")..<time("2026-10-01T00:00:00Z")]
        addon.unobserved = [outage]
        addon.observed = addon.watched[0].length - outage.length
        return addon
    }

    static var addons: [ReportedAddon] {
        [documents, invoices, orders, sandbox, archive, copy, waived]
    }

    private static var documents: ReportedAddon {
        var addon = addon("billing", "documents", type: "minio", policy: "standard")
        addon.slots = [.dump: .init(kept: 92)]
        addon.share = .init(within: addon.observed, outside: .zero)
        addon.recoveryPoint = RecoveryPoint(
            p50: .known(hour * 12 + minute * 9), p95: .known(hour * 23 + minute * 52), worst: .known(day + minute * 16),
            worstEnded: time("2026-09-11T00:10:00Z"), without: .zero)
        (addon.restorablePoints, addon.oldestPointAge) = (30, day * 29 + hour * 5)
        return addon
    }

    private static var invoices: ReportedAddon {
        var addon = addon("billing", "invoices-db", type: "mysql", policy: "gold")
        addon.owner = "payments@acme.example"
        addon.slots = [.dump: .init(kept: 101, failed: 4)]
        addon.share = .init(within: addon.observed - day * 4, outside: day * 4)
        addon.breach = .init(
            type: .dump, age: day * 3 + minute * 11, limit: day + minute * 30, ended: time("2026-09-18T20:01:12Z"))
        addon.recoveryPoint = RecoveryPoint(
            p50: .known(.seconds(43_560)), p95: .known(.seconds(86_280)), worst: .known(.seconds(259_860)),
            worstEnded: time("2026-09-18T20:01:12Z"), without: .zero)
        (addon.restorablePoints, addon.oldestPointAge) = (34, day * 59)
        addon.restores = RestoreFigures(
            last: time("2026-08-21T10:14:00Z"), ageOfProven: hour * 10, longestGap: day * 86, limit: day * 90)
        return addon
    }

    private static var orders: ReportedAddon {
        var addon = addon("shop", "orders-db", policy: "gold")
        addon.slots = [
            .snapshot: .init(kept: 2164, missed: 2, notJudged: 30), .dump: .init(kept: 90, failed: 2, forgiven: 1),
        ]
        addon.share = .init(within: addon.observed - hour * 3, outside: hour * 3)
        addon.breach = .init(type: .snapshot, age: hour * 3 + minute * 2, limit: hour + minute * 30, ended: nil)
        addon.recoveryPoint = RecoveryPoint(
            p50: .known(minute * 31), p95: .known(hour + minute), worst: .known(hour * 3 + minute * 2), worstEnded: nil,
            without: .zero)
        (addon.restorablePoints, addon.oldestPointAge) = (126, day * 29)
        addon.removedEarly = 3
        addon.restores = RestoreFigures(
            last: time("2026-06-11T08:00:00Z"), longestGap: day * 111, limit: day * 90,
            overdueSince: time("2026-09-09T08:00:00Z"))
        return addon
    }

    private static var sandbox: ReportedAddon {
        var addon = addon("staging", "sandbox-db", type: "mongodb", policy: "default")
        addon.watchedSince = time("2026-08-20T00:31:00Z")
        addon.watched = [addon.watchedSince..<time("2026-10-01T00:00:00Z")]
        (addon.unobserved, addon.observed) = ([], addon.watched.length)
        addon.slots = [.dump: .init(missed: 42)]
        addon.share = .init(within: .zero, outside: addon.observed)
        addon.recoveryPoint = RecoveryPoint(
            p50: .nothing, p95: .nothing, worst: .nothing, worstEnded: nil, without: addon.observed)
        return addon
    }

    private static var archive: ReportedAddon {
        var addon = addon("billing", "archive", policy: "gold")
        addon.watched = [addon.watched[0].lowerBound..<time("2026-09-21T00:00:00Z")]
        addon.observed = addon.watched[0].length - outage.length
        addon.slots = [.dump: .init(kept: 83)]
        addon.share = .init(within: addon.observed, outside: .zero)
        addon.recoveryPoint = RecoveryPoint(
            p50: .known(hour * 12), p95: .known(hour * 23), worst: .known(day + minute * 9),
            worstEnded: time("2026-07-30T00:09:00Z"), without: .zero)
        addon.goneSince = time("2026-09-21T00:00:00Z")
        addon.pauses = [time("2026-07-02T00:00:00Z")..<time("2026-07-04T00:00:00Z")]
        return addon
    }

    private static var copy: ReportedAddon {
        var addon = addon("staging", "users-copy", type: "mysql")
        addon.notJudged = .noObjective
        return addon
    }

    private static var waived: ReportedAddon {
        var addon = addon("perf", "load-test-db", policy: "scratch")
        addon.owner = "ops@acme.example"
        addon.notJudged = .waived
        addon.waivers = [
            WaiverPeriod(
                reason: "rebuilt from <fixtures>, \"weekly\"", owner: "ops@acme.example",
                from: time("2026-06-02T08:00:00Z"), until: time("2026-12-31T23:59:59Z"))
        ]
        return addon
    }
}
