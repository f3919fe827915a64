import Backups
import Testing

@testable import Exporter

struct HealthReportTests {
    private static let now = time("2027-01-15T08:00:00Z")

    private static func addon(
        _ name: String, _ findings: [Finding] = [], isPaused: Bool = false, observed: Timestamp? = now
    ) -> AddonState {
        var state = AddonState(key: AddonKey(account: "acme", project: "shop", addon: name))
        state.lastObserved = observed
        state.verdict = Verdict(
            findings: findings, isPaused: isPaused, lastObserved: observed, limit: 900, now: now)
        return state
    }

    private static let failed = Finding.attemptFailed(
        type: .dump, status: .failed, at: time("2027-01-15T07:00:00Z"), inARow: 1)

    @Test("the worst come first, then it is by name")
    func order() {
        let report = HealthReport(
            [
                Self.addon("c"), Self.addon("b", [Self.failed]), Self.addon("p", isPaused: true),
                Self.addon("a", [Self.failed]), Self.addon("u", observed: nil), Self.addon("d", [.noObjective]),
                Self.addon("n", [.neverCompleted(expectedBy: Self.now)]), Self.addon("b2"),
            ], now: Self.now)
        #expect(report.addons.map(\.addon) == ["n", "a", "b", "d", "u", "p", "b2", "c"])
        #expect(
            report.counts.map { "\($0.count) \($0.state)" } == [
                "1 never", "2 failing", "1 unprotected", "1 unknown", "1 paused", "2 ok",
            ])
    }

    @Test("a part of a fleet says that it is one")
    func shard() throws {
        let whole = HealthReport([Self.addon("a", [Self.failed]), Self.addon("b")], now: Self.now)
        #expect(whole.headline == "1 failing, 1 ok")
        #expect(!String(decoding: whole.json, as: UTF8.self).contains("shard"))
        let part = HealthReport([Self.addon("b")], shard: Shard(index: 2, of: 3), now: Self.now)
        #expect(part.headline == "1 ok (shard 2 of 3)")
        #expect(try HealthReport(json: part.json).shard == "2 of 3")
        #expect(HealthReport([], now: Self.now).headline == "no addon is known yet")
    }

    @Test("all is well if everyone is ok or paused, and if there is nobody")
    func isAllWell() {
        func isAllWell(_ addons: AddonState...) -> Bool { HealthReport(addons, now: Self.now).isAllWell }
        #expect(isAllWell())
        #expect(isAllWell(Self.addon("a"), Self.addon("b", isPaused: true)))
        #expect(!isAllWell(Self.addon("a"), Self.addon("b", observed: nil)))
        #expect(!isAllWell(Self.addon("a"), Self.addon("b", [.noObjective])))
    }

    @Test("an addon with all that is told of it")
    func addon() {
        var state = Self.addon("db", [.empty(type: .dump, at: Self.now), Self.failed])
        state.names = AddonNames(project: "The Shop", addon: "Orders", type: "postgresql")
        var imported = Backup.dump(.completed, "2027-01-15T07:00:00Z", minutes: 1)
        imported.type = .imported
        var snapshot = Backup.dump(.completed, "2027-01-14T20:00:00Z", minutes: 5)
        snapshot.type = .snapshot
        state.summary = BackupSummary(of: Backup.daily(13...14) + [imported, snapshot])
        state.due = [
            NextDue(type: .snapshot, slot: time("2027-01-17T00:00:00Z")),
            NextDue(type: .dump, slot: time("2027-01-16T00:00:00Z")),
        ]
        let report = HealthReport([state], now: Self.now)
        #expect(report.generatedAt == "2027-01-15T08:00:00Z")
        #expect(
            report.addons == [
                HealthReport.Addon(
                    account: "acme", project: "shop", addon: "db", projectName: "The Shop", addonName: "Orders",
                    type: "postgresql", state: "failing",
                    reasons: [
                        .init(state: "failing", text: "the newest dump failed 1h ago"),
                        .init(
                            state: "suspect",
                            text: "the newest completed dump, of 2027-01-15T08:00:00Z, has no bytes"),
                    ],
                    // Of any type, but for the import.
                    lastCompleted: "2027-01-14T20:05:00Z", nextDue: "2027-01-16T00:00:00Z",
                    lastObserved: "2027-01-15T08:00:00Z")
            ])
    }

    @Test("the JSON that scripts may rely on; what is not known is left out")
    func json() {
        let report = HealthReport([Self.addon("u", observed: nil)], now: Self.now)
        #expect(
            String(decoding: report.json, as: UTF8.self) == """
                {
                  "addons" : [
                    {
                      "account" : "acme",
                      "addon" : "u",
                      "addon_name" : "u",
                      "project" : "shop",
                      "project_name" : "shop",
                      "reasons" : [
                        {
                          "state" : "unknown",
                          "text" : "not observed yet"
                        }
                      ],
                      "state" : "unknown",
                      "type" : "unknown"
                    }
                  ],
                  "generated_at" : "2027-01-15T08:00:00Z"
                }
                """)
    }

    @Test("what is written is read back as the same")
    func roundTrip() throws {
        var odd = SamplePage.rich
        odd.names.addon = "\u{0}\u{1F}\"\\/<é\u{2028}\u{1F600}"
        let report = HealthReport([odd, SamplePage.paused, SamplePage.unknown], now: SamplePage.now)
        #expect(report.addons.map(\.state) == ["failing", "unknown", "paused"])
        #expect(try HealthReport(json: report.json) == report)
    }

    @Test("what is no report is refused", arguments: ["", "null", "[]", "{}", #"{"addons":[{}],"generated_at":"x"}"#])
    func invalid(json: String) {
        #expect(throws: DecodingError.self) { try HealthReport(json: Array(json.utf8)) }
    }

    @Test("ages of observation, by account: the median, and the oldest of 95 %")
    func observedAges() {
        func addons(_ ages: [Double?], account: String = "acme") -> [AddonState] {
            ages.enumerated().map { index, age in
                var state = AddonState(key: AddonKey(account: account, project: "shop", addon: "a\(index)"))
                state.lastObserved = age.map { Timestamp(seconds: Self.now.seconds - $0) }
                return state
            }
        }
        let ages = ObservedAges.byAccount(
            addons((1...20).map { Double($0) }.shuffled() + [nil]) + addons([7.5], account: "b")
                + addons([nil], account: "c"), now: Self.now)
        #expect(
            ages == [
                "acme": ObservedAges(p50: 10, p95: 19, max: 20), "b": ObservedAges(p50: 7.5, p95: 7.5, max: 7.5),
            ])
    }
}
