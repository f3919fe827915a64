import Backups
import Fleet
import TestSupport
import Testing

@testable import Reports

/// What stands beside the findings of an addon, and above all addons.
struct NoteTests {
    private static let now = time("2027-01-15T08:00:00Z")

    private static func addon(_ state: String, findings: [String] = [], error: HealthReport.Problem? = nil)
        -> HealthReport.Addon
    {
        HealthReport.Addon(
            account: "acme", project: "shop", addon: "db", projectName: "The Shop", addonName: "DB", type: "redis",
            state: state, findings: findings.map { .init(kind: "not-observed", state: state, text: $0) }, error: error)
    }

    private static func problem(since: String = "2027-01-15T07:35:00Z", remedy: String? = "check the role")
        -> HealthReport.Problem
    {
        HealthReport.Problem(
            reason: "forbidden", status: 403, message: "Northflank denies the backups (HTTP 403)", since: since,
            remedy: remedy)
    }

    @Test("the error of an addon is a note, unless a finding says it")
    func error() {
        func note(_ findings: String..., account: String? = nil) -> String? {
            Self.addon("late", findings: findings, error: Self.problem()).errorNote(
                accountReason: account, now: Self.now)
        }
        #expect(note() == "Northflank denies the backups (HTTP 403) since 07:35 UTC (25m); check the role")
        #expect(note("too old") == "Northflank denies the backups (HTTP 403) since 07:35 UTC (25m); check the role")
        #expect(
            note("too old", account: "timeout")
                == "Northflank denies the backups (HTTP 403) since 07:35 UTC (25m); check the role")
        // The remedy stands above all addons.
        #expect(
            note("too old", account: "forbidden") == "Northflank denies the backups (HTTP 403) since 07:35 UTC (25m)")
        #expect(
            note("too old", "not checked for 6h (limit 5h): Northflank denies the backups (HTTP 403)")
                == "check the role")
        #expect(
            note("not checked for 6h (limit 5h): Northflank denies the backups (HTTP 403)", account: "forbidden") == nil
        )
        #expect(Self.addon("late").errorNote(accountReason: nil, now: Self.now) == nil)
    }

    @Test(
        "an error of a day ago has a date",
        arguments: [
            ("2027-01-14T08:00:01Z", "since 08:00 UTC (23h 59m)"),
            ("2027-01-14T08:00:00Z", "since 2027-01-14 08:00 UTC (1d 0h)"),
            ("2027-01-15T08:00:09Z", "since 08:00 UTC (0s)"), ("x", "since x"),
        ])
    func since(since: String, text: String) {
        #expect(
            Self.problem(since: since).fact(now: Self.now) == "Northflank denies the backups (HTTP 403) \(text)")
    }

    @Test("R46: an ok addon without a completed backup has a note with the time by which the first is due")
    func firstDue() {
        let due = time("2027-01-16T00:30:00Z")
        #expect(
            Self.addon("ok").firstDueNote(due) == "no completed backup yet; the first is due by 2027-01-16 00:30 UTC")
        #expect(Self.addon("ok").firstDueNote(nil) == nil)
        #expect(Self.addon("late").firstDueNote(due) == nil)
    }

    @Test("only a gone addon can be forgotten")
    func gone() {
        #expect(
            Self.addon("gone").goneNote
                == "if it was deleted on purpose: northflank-backup-exporter forget acme/shop/db, "
                + "or remove it from the configuration if that names it")
        #expect(Self.addon("never").goneNote == nil)
    }

    @Test("an ok addon that was not checked for more than half of the limit says when it was")
    func oldCheck() {
        func note(_ state: String, _ seconds: Double?, limit: Duration = .seconds(900)) -> String? {
            Self.addon(state).oldCheckNote(seconds.map { Self.now - .seconds($0) }, limit: limit, now: Self.now)
        }
        #expect(note("ok", 450) == nil)
        #expect(note("ok", 451) == "last check: 7m ago (2027-01-15 07:52 UTC); limit 15m")
        #expect(note("ok", nil) == nil)
        #expect(note("ok", 451, limit: .zero) == nil)
        #expect(note("late", 451) == nil)
        #expect(note("paused", 451) == nil)
    }

    @Test("the error of an account: what, since when, what it means, what to do")
    func account() {
        func text(_ reachable: Bool?, addons: Int, remedy: String?) -> [String] {
            var report = HealthReport([], now: Self.now)
            report.accounts = [
                .init(account: "acme", reachable: reachable, error: Self.problem(remedy: remedy), addons: addons),
                .init(account: "fine", reachable: true, error: nil, addons: 3),
            ]
            return report.accountLines.map(\.text)
        }
        let error = "Northflank denies the backups (HTTP 403) since 07:35 UTC (25m)."
        #expect(
            text(false, addons: 1200, remedy: "check the token")
                == ["\(error) 1,200 databases cannot be checked. Check the token."])
        #expect(text(false, addons: 1, remedy: "Wait.") == ["\(error) 1 database cannot be checked. Wait."])
        #expect(text(false, addons: 0, remedy: nil) == ["\(error) No database is known yet."])
        #expect(text(true, addons: 12, remedy: nil) == [error])
        #expect(text(nil, addons: 12, remedy: nil) == [error])
    }

    @Test(
        "a zone that fits: how much earlier or later, than which zone, on how many addons",
        arguments: [
            (3600, 14, "schedules start 1h 0m earlier than UTC on 14 addons; time_zone Asia/Kolkata fits"),
            (19_800, 1, "schedules start 5h 30m earlier than UTC on 1 addon; time_zone Asia/Kolkata fits"),
            (-1800, 3, "schedules start 30m later than UTC on 3 addons; time_zone Asia/Kolkata fits"),
        ])
    func timeZone(earlier: Int, addons: Int, text: String) {
        let zone = Zone(identifier: "Asia/Kolkata") { _ in 19_800 }
        let fit = ZoneFit(zone: zone, addons: addons, since: Self.now, earlier: .seconds(earlier))
        let finding = AccountFinding.timeZone(fit, inForce: .utc)
        #expect(finding.text == text)
    }

    @Test(
        "a reading that lost more than half of the addons",
        arguments: [
            (
                210, 712,
                "discovery finds 210 of 712 addons since 2027-01-15 08:00 UTC; 502 are kept until a reading after "
            ),
            (0, 1, "discovery finds 0 of 1 addon since 2027-01-15 08:00 UTC; 1 is kept until a reading after "),
        ])
    func shrunk(found: Int, all: Int, text: String) {
        let finding = AccountFinding.shrunk(
            found: found, of: all, since: Self.now, confirmAt: Self.now + .seconds(720))
        #expect(finding.text == text + "2027-01-15 08:12 UTC confirms it")
    }

    @Test("all is not well if an account without addons cannot be read, unless it is left out")
    func isAllWell() {
        func report(reachable: Bool?, addons: Int) -> HealthReport {
            var report = HealthReport([], now: Self.now)
            report.addons = [Self.addon("ok")]
            report.accounts = [
                .init(account: "acme", reachable: true, addons: 1),
                .init(account: "other", reachable: reachable, error: Self.problem(), addons: addons),
            ]
            return report
        }
        #expect(!report(reachable: false, addons: 0).isAllWell)
        #expect(report(reachable: false, addons: 1).isAllWell)
        #expect(report(reachable: true, addons: 0).isAllWell)
        #expect(report(reachable: nil, addons: 0).isAllWell)
    }
}
