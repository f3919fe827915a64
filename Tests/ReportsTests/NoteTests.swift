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
        HealthReport.Problem(reason: "forbidden", status: 403, message: "HTTP 403: no", since: since, remedy: remedy)
    }

    @Test("the error of an addon is a note, unless a finding says it")
    func error() {
        func note(_ findings: String..., account: String? = nil) -> String? {
            Self.addon("late", findings: findings, error: Self.problem()).errorNote(
                accountReason: account, now: Self.now)
        }
        #expect(note() == "HTTP 403: no since 07:35 UTC (25m); check the role")
        #expect(note("too old") == "HTTP 403: no since 07:35 UTC (25m); check the role")
        #expect(note("too old", account: "timeout") == "HTTP 403: no since 07:35 UTC (25m); check the role")
        // The remedy stands above all addons.
        #expect(note("too old", account: "forbidden") == "HTTP 403: no since 07:35 UTC (25m)")
        #expect(note("too old", "not checked for 6h: HTTP 403: no") == nil)
        #expect(Self.addon("late").errorNote(accountReason: nil, now: Self.now) == nil)
    }

    @Test(
        "an error of a day ago has a date",
        arguments: [
            ("2027-01-14T08:00:01Z", "HTTP 403: no since 08:00 UTC (1d)"),
            ("2027-01-14T08:00:00Z", "HTTP 403: no since 2027-01-14 08:00 UTC (1d)"),
            ("2027-01-15T08:00:09Z", "HTTP 403: no since 08:00 UTC (0s)"), ("x", "HTTP 403: no since x"),
        ])
    func since(since: String, text: String) {
        #expect(Self.problem(since: since).fact(now: Self.now) == text)
    }

    @Test("R46: an ok addon without a completed backup has a note with the time by which the first is due")
    func firstDue() {
        let due = time("2027-01-16T00:30:00Z")
        #expect(
            Self.addon("ok").firstDueNote(due) == "no completed backup yet; the first is due by 2027-01-16T00:30:00Z")
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
        #expect(note("ok", 451) == "last check: 7m ago; limit 15m")
        #expect(note("ok", nil) == nil)
        #expect(note("ok", 451, limit: .zero) == nil)
        #expect(note("late", 451) == nil)
        #expect(note("paused", 451) == nil)
    }

    @Test("the error of an account: what, since when, what it means, what to do")
    func account() {
        func text(_ reachable: Bool?, addons: Int, remedy: String?, message: String = "HTTP 401.") -> [String] {
            var report = HealthReport([], now: Self.now)
            var problem = Self.problem(remedy: remedy)
            problem.message = "HTTP 401"
            report.accounts = [
                .init(account: "acme", reachable: reachable, error: problem, addons: addons),
                .init(account: "fine", reachable: true, error: nil, addons: 3),
            ]
            return report.accountLines.map { "\($0.names.joined()): \($0.text)" }
        }
        #expect(
            text(false, addons: 12, remedy: "check the token")
                == ["acme: HTTP 401 since 07:35 UTC (25m). 12 databases cannot be checked. Check the token."])
        #expect(
            text(false, addons: 1, remedy: "Wait.")
                == ["acme: HTTP 401 since 07:35 UTC (25m). 1 database cannot be checked. Wait."])
        #expect(text(false, addons: 0, remedy: nil) == ["acme: HTTP 401 since 07:35 UTC (25m). No database is known yet."])
        #expect(text(true, addons: 12, remedy: nil) == ["acme: HTTP 401 since 07:35 UTC (25m)."])
        #expect(text(nil, addons: 12, remedy: nil) == ["acme: HTTP 401 since 07:35 UTC (25m)."])
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
        var report = HealthReport([], now: Self.now)
        report.accounts = [
            .init(
                account: "acme", reachable: true, error: Self.problem(), addons: 1,
                findings: [.init(kind: finding.kind, since: "", text: finding.text)], notes: ["note"])
        ]
        #expect(
            report.accountLines.dropFirst() == [.init(names: ["acme"], text: text.asSentence, isTrouble: true)])
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
        let filtered = report(reachable: false, addons: 0).filtered(by: FleetFilter(arguments: ["shop/d*"]))
        #expect(filtered.isAllWell)
        #expect(filtered.accounts.map(\.account) == ["acme"])
    }
}
