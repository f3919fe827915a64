import Testing

@testable import Reports

/// What `status` prints, character for character.
struct StatusTextTests {
    private static let report = FleetSample.report([
        FleetSample.never, FleetSample.gone, FleetSample.failing, FleetSample.unprotected, FleetSample.paused,
        FleetSample.ok,
    ])

    @Test("80 characters: the worst first, the finding below its row, the verdict last")
    func narrow() {
        #expect(
            StatusText(Self.report, width: 80).text == """
                STATE        FOR      ADDON                         LAST GOOD  LIMIT
                never        29d 17h  acme/staging/sandbox-db       none       1d 0h 30m
                    no completed backup exists; one was due by 2026-10-28 09:45 UTC (+1 more)
                gone         5h 32m   acme/billing/billing-archive  none       -
                    not in Northflank's lists since 2026-11-26 21:40 UTC (confirmed 21:50 UTC);
                    last completed dump 2026-11-26 02:06 UTC, 118 GB
                failing      2d 7h    acme/billing/invoices-db      3d 7h      1d 0h 30m
                    the last 3 dumps failed; latest 7h 20m ago (2026-11-26 19:52 UTC) (+2 more)
                unprotected  1m       acme/staging/users-copy       none       none
                    no backup schedule and no max_age; a missing backup would not be noticed

                1 never, 1 gone, 1 failing, 1 unprotected, 1 paused, 1 ok
                4 of 6 databases are not protected as decided.

                """)
    }

    @Test("120 characters: type, size, next slot and last check as well")
    func wide() {
        #expect(
            StatusText(Self.report.filtered(by: FleetFilter(arguments: ["never", "failing"])), width: 120).text == """
                STATE    FOR      ADDON                     TYPE     LAST GOOD  LIMIT      SIZE    NEXT DUE    CHECKED
                never    29d 17h  acme/staging/sandbox-db   mongodb  none       1d 0h 30m  -       in 6h 2m    40s
                    no completed backup exists; one was due by 2026-10-28 09:45 UTC (+1 more)
                failing  2d 7h    acme/billing/invoices-db  mysql    3d 7h      1d 0h 30m  6.7 GB  in 16h 37m  40s
                    the last 3 dumps failed; latest 7h 20m ago (2026-11-26 19:52 UTC) (+2 more)

                1 never, 1 failing (of 6 databases; filter: never failing)
                2 databases match; 2 are not protected as decided.

                """)
    }

    @Test("60 characters at least: a path that does not fit stands alone, and nothing is cut")
    func least() {
        #expect(
            StatusText(Self.report.filtered(by: FleetFilter(arguments: ["failing"])), width: 40).text == """
                STATE    FOR    ADDON  LAST GOOD  LIMIT
                acme/billing/invoices-db
                failing  2d 7h         3d 7h      1d 0h 30m
                    the last 3 dumps failed; latest 7h 20m ago (2026-11-26
                    19:52 UTC) (+2 more)

                1 failing (of 6 databases; filter: failing)
                1 database matches; 1 is not protected as decided.

                """)
    }

    @Test("without a width a row and a finding have a line each")
    func noWidth() {
        let lines = StatusText(Self.report).text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 13)
        #expect(lines[4].count == 4 + 124)
        #expect(lines[0].hasSuffix("CHECKED"))
        #expect(lines[11] == "4 of 6 databases are not protected as decided.")
    }

    @Test("--all has rows of all, and a state that is named has its rows")
    func all() {
        func states(_ text: String) -> [Substring] {
            text.split(separator: "\n").filter { $0.contains("acme/") }.compactMap { $0.split(separator: " ").first }
        }
        #expect(
            states(StatusText(Self.report, showsAll: true).text)
                == ["never", "gone", "failing", "unprotected", "paused", "ok"])
        let ok = FleetFilter(arguments: ["ok"])
        #expect(
            StatusText(Self.report.filtered(by: ok), states: ok.states, width: 80).text == """
                STATE  FOR    ADDON                LAST GOOD  LIMIT
                ok     7d 3h  acme/shop/orders-db  2h 12m     1d 0h 30m

                1 ok (of 6 databases; filter: ok)
                1 database matches; 1 is protected as decided.

                """)
    }

    @Test("if all is well there is nothing but the counts and the verdict")
    func well() {
        let report = FleetSample.report(FleetSample.addons(["waived": 4, "paused": 6, "ok": 990]))
        #expect(
            StatusText(report, width: 80).text == """
                4 waived, 6 paused, 990 ok
                All 990 databases are protected as decided; oldest check 2h 31m ago.

                """)
    }

    @Test("an account that cannot be read comes first, once for all with the same cause")
    func outage() {
        let unknown = FleetSample.addon(
            "acme/shop/orders-db", "unknown", since: "2026-11-27T02:56:00Z",
            findings: [FleetSample.finding("not-observed", "unknown", "not checked for 17m", type: nil)])
        let accounts = ["acme", "acme-eu"].map {
            FleetSample.account($0, isReachable: false, error: FleetSample.outage)
        }
        let text = StatusText(FleetSample.report([FleetSample.failing, unknown], accounts: accounts), width: 80)
        #expect(
            text.text == """
                ! acme, acme-eu: Northflank answers HTTP 503 since 02:55 UTC (17m). 1 database
                  cannot be judged. Check Northflank's status page; the exporter retries every
                  minute.
                  The rows show the checks before 02:55 UTC; nothing becomes late meanwhile.

                STATE    FOR    ADDON                     LAST GOOD  LIMIT
                failing  2d 7h  acme/billing/invoices-db  3d 7h      1d 0h 30m
                    the last 3 dumps failed; latest 7h 20m ago (2026-11-26 19:52 UTC) (+2 more)

                1 failing, 1 unknown
                1 of 2 databases was not protected when last checked; 1 cannot be judged.

                """)
        #expect(
            text.oneline == """
                account\t2026-11-27T02:55:00Z\tacme\tunavailable: Northflank answers HTTP 503
                account\t2026-11-27T02:55:00Z\tacme-eu\tunavailable: Northflank answers HTTP 503
                failing\t2026-11-24T19:52:41Z\tacme/billing/invoices-db\tthe last 3 dumps failed; latest 7h 20m ago \
                (2026-11-26 19:52 UTC)

                """)
    }

    @Test("without any database the account says why")
    func unread() {
        let error = HealthReport.Problem(
            reason: "unauthorized", status: 401, message: "Northflank refuses the token (HTTP 401)",
            since: "2026-11-27T03:10:00Z",
            remedy: "set NORTHFLANK_API_TOKEN to a valid token and restart the exporter")
        let account = FleetSample.account("acme", addons: 0, isReachable: false, error: error)
        #expect(
            StatusText(FleetSample.report([], accounts: [account]), width: 80).text == """
                ! acme: Northflank refuses the token (HTTP 401) since 03:10 UTC (2m). No
                  database is known yet. Set NORTHFLANK_API_TOKEN to a valid token and restart
                  the exporter.

                0 databases are known: the only account cannot be read.

                """)
    }

    @Test("the first checks have a line with their end; an addon that waits for one has no row")
    func firstChecks() {
        let checks = HealthReport.FirstChecks(
            observed: 212, of: 1000, expectedEnd: "2026-11-27T05:40:12Z", requestsPerHour: 500)
        let waits = HealthReport.Problem(
            reason: "first_checks", message: "first checks: 212 of 1000 databases done",
            since: "2026-11-27T03:00:00Z")
        let account = FleetSample.account("acme", addons: 1000, error: waits, firstChecks: checks)
        let unseen = FleetSample.addon(
            "acme/shop/new", "unknown",
            findings: [FleetSample.finding("not-observed", "unknown", "not checked yet", type: nil)],
            lastObserved: nil)
        #expect(
            StatusText(FleetSample.report([FleetSample.ok, unseen], accounts: [account]), width: 80).text == """
                  acme: first checks: 212 of 1,000 databases done; complete by about 05:40 UTC
                  (request budget: 500 an hour).

                1 unknown, 1 ok
                1 of 2 databases is not checked yet; 1 is protected as decided.

                """)
        var open = account
        open.firstChecks = .init(observed: 0, of: 0)
        #expect(
            StatusText(FleetSample.report([], accounts: [open])).text == """
                  acme: first checks: the lists of projects and addons are not read yet.

                0 databases are known: the lists of projects and addons are not read yet.

                """)
    }

    @Test("an addon that is not judged for a reason of its own has a row")
    func ownReason() {
        let error = HealthReport.Problem(
            reason: "forbidden", status: 403, message: "HTTP 403", since: "2026-11-27T01:00:00Z")
        var addon = FleetSample.addon(
            "acme/shop/secret", "unknown", since: "2026-11-27T01:12:41Z",
            findings: [FleetSample.finding("not-observed", "unknown", "not checked for 2h: HTTP 403", type: nil)])
        addon.error = error
        #expect(StatusText(FleetSample.report([addon])).rows.map(\.addon) == ["secret"])
        let outage = FleetSample.account("acme", isReachable: false, error: FleetSample.outage)
        #expect(StatusText(FleetSample.report([addon], accounts: [outage])).rows.map(\.addon) == ["secret"])
        addon.error = FleetSample.outage
        #expect(StatusText(FleetSample.report([addon], accounts: [outage])).rows == [])
    }

    @Test("only the state, the mark of a trouble and the verdict have colours")
    func colours() {
        let outage = FleetSample.account("acme", isReachable: false, error: FleetSample.outage)
        let report = FleetSample.report([FleetSample.unprotected], accounts: [FleetSample.account("b"), outage])
        let coloured = StatusText(report, width: 80, colours: true).text
        #expect(coloured.hasPrefix("\u{1B}[31m! \u{1B}[0macme: Northflank"))
        #expect(coloured.contains("\n\u{1B}[33munprotected\u{1B}[0m  1m   acme/staging/users-copy  none"))
        #expect(coloured.hasSuffix("\n\u{1B}[31m1 of 1 database is not protected as decided.\u{1B}[0m\n"))
        #expect(coloured.count { $0 == "\u{1B}" } == 6)
    }

    @Test("the clock is the exporter's, whatever account has noticed it")
    func clock() {
        let skew = HealthReport.Problem(
            reason: "clock", message: "the exporter's clock is 9m ahead of Northflank's (limit 5m)",
            since: "2026-11-27T03:00:00Z", remedy: "correct the clock")
        let accounts = ["a", "b"].map { FleetSample.account($0, error: skew) }
        #expect(
            StatusText(FleetSample.report([FleetSample.ok], accounts: accounts)).text.hasPrefix(
                "! exporter: the exporter's clock is 9m ahead of Northflank's (limit 5m) since 03:00 UTC (12m). Correct "
                    + "the clock.\n"))
    }
}
