import Backups
import Fleet
import Northflank
import TestSupport
import Testing

@testable import Reports

struct HealthReportTests {
    private static let now = time("2027-01-15T08:00:00Z")

    /// An addon that was observed with these backups, its schedule being a dump each midnight.
    private static func addon(
        _ name: String, _ backups: [Backup] = Backup.daily(1...15), schedules: [BackupSchedule] = [.daily()],
        isPaused: Bool = false, facts: AddonFacts? = nil, projectName: String? = nil, waiver: Waiver? = nil
    ) -> Addon {
        var record = AddonRecord(
            key: AddonKey(account: "acme", project: "shop", addon: name), firstSeen: time("2027-01-01T00:00:00Z"))
        record.apply(.listed(projectName: projectName, facts), at: now)
        record.apply(.schedules(schedules), at: now)
        record.isPaused = isPaused
        var known: [KnownBackup] = []
        record.observe(backups, isWhole: true, isNewestFirst: true, at: now, known: &known) { _ in nil }
        var decisions = Decisions()
        if let waiver {
            (decisions.policy, decisions.owner, decisions.waiver) = ("scratch", "shop@acme.example", waiver)
        }
        let assessment = record.judge(known, Objectives(decisions))
        var addon = Addon(record, assessment, isCounting: true)
        addon.review(now: now, limit: .seconds(900), zone: .utc)
        return addon
    }

    private static func unseen(_ name: String) -> Addon {
        Addon(key: AddonKey(account: "acme", project: "shop", addon: name))
    }

    private static let failed = [Backup.dump(.failed, "2027-01-15T07:00:00Z")] + Backup.daily(1...15)

    @Test("the worst states come first, then the order is by name")
    func order() {
        let report = HealthReport(
            [
                Self.addon("c"), Self.addon("b", Self.failed), Self.addon("p", isPaused: true),
                Self.addon("a", Self.failed), Self.unseen("u"), Self.addon("d", schedules: []), Self.addon("n", []),
                Self.addon("b2"),
            ], now: Self.now)
        #expect(report.addons.map(\.addon) == ["n", "a", "b", "d", "u", "p", "b2", "c"])
        #expect(
            report.counts.map { "\($0.count) \($0.state)" } == [
                "1 never", "2 failing", "1 unprotected", "1 unknown", "1 paused", "2 ok",
            ])
    }

    @Test("a waiver is shown with its end, its owner and its reason; what is wrong behind it stays", arguments: [1, 0])
    func waiver(left: Int64) throws {
        let until = Self.now.adding(milliseconds: left)
        let waiver = Waiver(reason: "rebuilt from fixtures", owner: "ops@acme.example", until: until)
        let report = HealthReport(
            [Self.addon("w", [], waiver: waiver), Self.addon("p", isPaused: true), Self.unseen("u")], now: Self.now)
        let addon = try #require(report.addons.first { $0.addon == "w" })
        let isInForce = left > 0
        #expect(report.addons.map(\.addon) == (isInForce ? ["u", "w", "p"] : ["w", "u", "p"]))
        #expect(addon.state == (isInForce ? "waived" : "never"))
        #expect((addon.policy, addon.owner) == ("scratch", "shop@acme.example"))
        #expect(
            addon.waiver
                == .init(
                    reason: "rebuilt from fixtures", owner: "ops@acme.example", until: until.text,
                    state: isInForce ? "never" : nil))
        #expect(addon.findings.contains { $0.state == "never" })
        #expect(
            addon.notes.first
                == (isInForce
                    ? "waived by policy scratch until \(until.atUTC) (ops@acme.example): rebuilt from fixtures; "
                        + "without the waiver: never"
                    : "the waiver of policy scratch ended at \(until.atUTC)"))
        #expect(HealthReport([Self.addon("w", [], waiver: waiver)], now: Self.now).isAllWell == isInForce)
    }

    @Test("a part of a fleet says that it is one")
    func shard() throws {
        let whole = HealthReport([Self.addon("a", Self.failed), Self.addon("b")], now: Self.now)
        #expect(whole.headline == "1 of 2 databases is not protected as decided.")
        #expect(!String(decoding: whole.json, as: UTF8.self).contains("shard"))
        let part = HealthReport([Self.addon("b")], shard: Shard(index: 2, of: 3), now: Self.now)
        #expect(part.headline == "1 database of shard 2 of 3 is protected as decided; oldest check 0s ago.")
        #expect(try HealthReport(json: part.json).shard == "2 of 3")
        #expect(HealthReport([], now: Self.now).headline == "0 databases are watched.")
    }

    @Test("all is well if every addon is ok or paused, and without addons")
    func isAllWell() {
        func isAllWell(_ addons: Addon...) -> Bool { HealthReport(addons, now: Self.now).isAllWell }
        #expect(isAllWell())
        #expect(isAllWell(Self.addon("a"), Self.addon("b", isPaused: true)))
        #expect(!isAllWell(Self.addon("a"), Self.unseen("b")))
        #expect(!isAllWell(Self.addon("a"), Self.addon("b", schedules: [])))
    }

    @Test("an old check is one of more than one and a half intervals of the addon's account")
    func oldCheck() {
        func notes(_ account: String, since seconds: Double) -> [String]? {
            var status = AccountStatus(name: account)
            status.polling.pollInterval = .seconds(300)
            return HealthReport([Self.addon("a")], accounts: [status], now: Self.now + .seconds(seconds)).addons[0]
                .notes
        }
        #expect(notes("acme", since: 450) == [])
        #expect(notes("acme", since: 480) == ["last check: 8m ago (2027-01-15 08:00 UTC); limit 15m"])
        #expect(notes("other", since: 480) == [])
    }

    @Test("an addon with every field of a report")
    func addon() {
        // The newest dump has no bytes and a later one failed; the import says nothing, the snapshot ended last.
        var imported = Backup.dump(.completed, "2027-01-15T07:30:00Z", minutes: 1)
        imported.type = .imported
        var snapshot = Backup.dump(.completed, "2027-01-15T06:00:00Z", minutes: 5)
        snapshot.type = .snapshot
        let failed = Backup.dump(.failed, "2027-01-15T07:00:00Z")
        let empty = Backup.dump(.completed, "2027-01-15T00:00:05Z", minutes: 10, size: 0)
        let addon = Self.addon(
            "db", [imported, failed, snapshot, empty] + Backup.daily(1...14),
            schedules: [.daily(), .daily("s", type: .snapshot, hour: 6)],
            facts: AddonFacts(name: "Orders", type: "postgresql", isPaused: false, tags: ["a", "b"]),
            projectName: "The Shop")
        let report = HealthReport([addon], now: Self.now)
        func found(_ finding: Finding, since: String) -> HealthReport.Finding {
            .init(
                kind: finding.kind?.rawValue ?? "", state: finding.state.rawValue, since: since,
                text: finding.text(FindingContext(now: Self.now)), type: "dump")
        }
        #expect(report.generatedAt == "2027-01-15T08:00:00Z")
        #expect(
            report.addons[0].findings.map(\.text) == [
                "the last dump failed 1h 0m ago (2027-01-15 07:00 UTC)",
                "the last completed dump (2027-01-15 00:10 UTC) has 0 bytes; usual 500 bytes to 1.5 kB",
            ])
        #expect(
            report.addons == [
                HealthReport.Addon(
                    account: "acme", project: "shop", addon: "db", projectName: "The Shop", addonName: "Orders",
                    type: "postgresql", tags: ["a", "b"], state: "failing", since: "2027-01-15T07:00:00Z",
                    findings: [
                        found(
                            .attemptFailed(type: .dump, status: .failed, at: time("2027-01-15T07:00:00Z"), inARow: 1),
                            since: "2027-01-15T07:00:00Z"),
                        found(
                            .empty(
                                type: .dump, at: time("2027-01-15T00:10:05Z"),
                                .init(usual: SizeBand(sizes: Array(repeating: 1000, count: 5), isDifference: false))),
                            since: "2027-01-15T00:10:05Z"),
                    ],
                    // Of any type, but for the import.
                    lastCompleted: "2027-01-15T06:05:00Z", nextDue: "2027-01-16T00:00:00Z",
                    lastObserved: "2027-01-15T08:00:00Z",
                    text: "the last dump failed 1h 0m ago (2027-01-15 07:00 UTC)",
                    byType: [
                        .init(
                            type: "snapshot", lastCompleted: "2027-01-15T06:05:00Z", limitSeconds: 88_200,
                            nextDue: "2027-01-16T06:00:00Z"),
                        .init(
                            type: "dump", lastCompleted: "2027-01-15T00:10:05Z", sizeBytes: 0, limitSeconds: 88_200,
                            nextDue: "2027-01-16T00:00:00Z", usualLowBytes: 500, usualHighBytes: 1500),
                    ],
                    // No snapshot was made on the days before.
                    lastDays: Array(repeating: "missed", count: 13) + ["failed"])
            ])
    }

    @Test("an account without findings has no key for them")
    func noAccountFindings() {
        let report = HealthReport([], accounts: [AccountStatus(name: "acme")], now: Self.now)
        #expect(report.accounts[0].findings == nil)
        #expect(!String(decoding: report.json, as: UTF8.self).contains("findings"))
    }

    @Test(
        "the JSON that scripts rely on; every entry has every key, but findings of accounts only where there are some")
    func json() {
        var account = AccountStatus(name: "acme")
        account.polling.isReachable = false
        account.polling.trouble = Trouble(
            reason: "unauthorized", status: 401, message: "HTTP 401", since: time("2027-01-15T07:59:00Z"),
            remedy: "check the token")
        account.polling.firstChecks = .init(done: 0, of: 1, expectedEnd: time("2027-01-15T08:30:00Z"))
        account.record(.rateLimit(.init(limit: 1000, remaining: 226, reset: 3600)), now: Self.now)
        let berlin = Zone(identifier: "Europe/Berlin") { _ in 3600 }
        let fit = ZoneFit(zone: berlin, addons: 14, since: time("2027-01-10T23:00:00Z"), earlier: .seconds(3600))
        account.polling.findings = [.timeZone(fit, inForce: .utc)]
        account.polling.takenZone = ZoneFit(
            zone: berlin, addons: 1, since: time("2027-01-10T23:00:00Z"), earlier: .seconds(3600))
        let report = HealthReport([Self.unseen("u")], accounts: [account], now: Self.now)
        #expect(
            String(decoding: report.json, as: UTF8.self) == """
                {
                  "accounts" : [
                    {
                      "account" : "acme",
                      "addons" : 0,
                      "error" : {
                        "message" : "HTTP 401",
                        "reason" : "unauthorized",
                        "remedy" : "check the token",
                        "since" : "2027-01-15T07:59:00Z",
                        "status" : 401
                      },
                      "findings" : [
                        {
                          "kind" : "time-zone",
                          "since" : "2027-01-10T23:00:00Z",
                          "text" : "schedules start 1h 0m earlier than UTC on 14 addons; time_zone Europe/Berlin fits"
                        }
                      ],
                      "first_checks" : {
                        "expected_end" : "2027-01-15T08:30:00Z",
                        "observed" : 0,
                        "of" : 1,
                        "requests_per_hour" : null
                      },
                      "notes" : [
                        "schedules are read in the time zone Europe/Berlin, which fits the backups of 1 addon (time_zone: auto)"
                      ],
                      "oldest_check" : null,
                      "reachable" : false,
                      "requests" : {
                        "left" : 226,
                        "limit" : 1000,
                        "resets_at" : "2027-01-15T09:00:00Z"
                      }
                    }
                  ],
                  "addons" : [
                    {
                      "account" : "acme",
                      "addon" : "u",
                      "addon_name" : "u",
                      "by_type" : [

                      ],
                      "error" : null,
                      "findings" : [
                        {
                          "kind" : "not-observed",
                          "since" : null,
                          "state" : "unknown",
                          "text" : "not checked yet: HTTP 401 since 07:59 UTC",
                          "type" : null
                        }
                      ],
                      "gone_since" : null,
                      "last_completed" : null,
                      "last_days" : null,
                      "last_observed" : null,
                      "next_due" : null,
                      "notes" : [

                      ],
                      "owner" : null,
                      "policy" : null,
                      "project" : "shop",
                      "project_name" : "shop",
                      "since" : null,
                      "state" : "unknown",
                      "tags" : null,
                      "text" : "not checked yet: HTTP 401 since 07:59 UTC",
                      "type" : "unknown",
                      "waiver" : null
                    }
                  ],
                  "counts" : {
                    "unknown" : 1
                  },
                  "generated_at" : "2027-01-15T08:00:00Z",
                  "headline" : "1 of 1 database cannot be judged."
                }
                """)
    }

    @Test("a written report is read back unchanged")
    func roundTrip() throws {
        let facts = AddonFacts(name: "\u{0}\u{1F}\"\\/<é\u{2028}\u{1F600}", type: "redis", isPaused: false)
        let odd = Self.addon("odd", Self.failed, facts: facts)
        let report = HealthReport([odd, SampleAddons.paused, SampleAddons.unknown], now: SampleAddons.now)
        #expect(report.addons.map(\.state) == ["failing", "unknown", "paused"])
        #expect(try HealthReport(json: report.json) == report)
    }

    @Test("other texts are refused", arguments: ["", "null", "[]", "{}", #"{"addons":[{}],"generated_at":"x"}"#])
    func invalid(json: String) {
        #expect(throws: DecodingError.self) { try HealthReport(json: Array(json.utf8)) }
    }
}
