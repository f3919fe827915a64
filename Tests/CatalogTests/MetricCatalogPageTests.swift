import Backups
import Exposition
import Fleet
import TestSupport
import Testing

@testable import Catalog

@Suite struct MetricCatalogPageTests {
    @Test("a page with everything in it, byte for byte, in the text format")
    func text() throws {
        #expect(try SamplePage.render() == SamplePage.golden("page.txt"))
    }

    @Test("the same page in OpenMetrics")
    func openMetrics() throws {
        #expect(try SamplePage.render(format: .openMetrics) == SamplePage.golden("page.openmetrics.txt"))
    }

    /// The samples of one addon without the labels that are the same in all of them.
    private static func samples(of state: Addon) -> [String] {
        SamplePage.render([state], accounts: [], process: nil).split(separator: "\n")
            .filter { $0.hasPrefix("northflank_addon") }
            .map { String($0).replacing(#"account="acme",project="shop",addon="queue""#, with: "") }
    }

    private static let unknownHealth =
        ["ok", "paused", "waived", "unknown"].map {
            "northflank_addon_backup_health{,state=\"\($0)\"} \($0 == "unknown" ? 1 : 0)"
        }
        + ["unprotected", "suspect", "late", "stuck", "failing", "gone", "never"].map {
            "northflank_addon_backup_health{,state=\"\($0)\"} 0"
        }

    @Test("R76: an addon that is gone has its state, its finding and its info, and no other series")
    func gone() throws {
        let since = SampleAddons.at(210_000)
        var record = try #require(SampleAddons.rich.record)
        record.noteAway(Absence(since: since, isGone: true))
        var addon = Addon(record, SampleAddons.rich.assessment, isCounting: true)
        addon.review(now: SampleAddons.now, limit: .seconds(900), zone: .utc)
        let samples = SamplePage.render([addon], accounts: [], process: nil).split(separator: "\n")
            .filter { $0.hasPrefix("northflank_addon") }
        #expect(
            Set(samples.compactMap { $0.split(separator: "{").first }) == [
                "northflank_addon_backup_health", "northflank_addon_backup_finding_since_timestamp_seconds",
                "northflank_addon_info", "northflank_addon_tag_info",
            ])
        #expect(samples.contains { $0.contains(#"state="gone""#) && $0.hasSuffix("} 1") })
        let findings = samples.filter { $0.contains("finding=") }
        #expect(findings.count == 1)
        #expect(findings[0].contains(#"finding="gone""#) && findings[0].hasSuffix(" 1767210000"))
    }

    @Test("an addon without a record has an unknown health, an info and no other series")
    func unknownAddon() {
        #expect(
            Self.samples(of: SampleAddons.unknown) == Self.unknownHealth + [
                #"northflank_addon_info{,project_name="shop",addon_name="queue",addon_type="unknown"} 1"#
            ])
    }

    @Test("an addon without any backup is distinct from one that was never read")
    func emptyList() {
        var record = AddonRecord(key: SampleAddons.unknown.key, firstSeen: SampleAddons.now)
        var known: [KnownBackup] = []
        record.observe([], isWhole: true, isNewestFirst: true, at: SampleAddons.now, known: &known) { _ in nil }
        let assessment = record.judge(known, Objectives())
        let kept = ["_last_observed_", "_outcomes_total{", "_paused{"]
        let other = ["_info{", "_health{", "_finding_since_"] + kept
        var addon = Addon(record, assessment, isCounting: true)
        addon.isUp = true
        #expect(
            Self.samples(of: addon).filter { line in !other.contains(where: line.contains) }
                == ["completed", "failed"].map { "northflank_addon_backups{,status=\"\($0)\"} 0" }
                + ["northflank_addon_up{} 1"])
    }

    @Test("ages are counted at the scrape, and never negative, also when the clock was set back")
    func ages() {
        func ages(_ milliseconds: Int64) -> [Substring] {
            SamplePage.render(
                [SampleAddons.rich], accounts: [], process: nil, now: Timestamp(milliseconds: milliseconds)
            )
            .split(separator: "\n").filter { $0.hasPrefix("northflank_addon_backup_last_completed_age_seconds{") }
            .compactMap { $0.split(separator: " ").last }
        }
        #expect(ages(1_767_225_601_000) == ["139199.681", "222001", "125540.5"])
        #expect(ages(1_767_003_600_001) == ["0", "0.001", "0"])
        #expect(ages(1_767_003_599_999) == ["0", "0", "0"])
        #expect(ages(.max).count == 3)
        #expect(ages(.min) == ["0", "0", "0"])
    }

    @Test("ages can be left out, with their metadata")
    func withoutAges() {
        let page = SamplePage.render(includingAges: false)
        #expect(!page.contains("last_completed_age_seconds"))
        #expect(page.contains("northflank_addon_backup_last_completed_timestamp_seconds{"))
        #expect(page.contains("\nnorthflank_addon_up{"))
    }

    @Test("values that an account does not know yet are absent")
    func newAccount() {
        let page = SamplePage.render([], accounts: [AccountStatus(name: "new")], process: nil)
        for absent in [
            "rate_limit{", "rate_limit_remaining", "rate_limit_reset", "discovery_up", "discovery_last_success",
        ] {
            #expect(!page.contains(absent))
        }
        #expect(page.contains("northflank_exporter_addons{account=\"new\"} 0\n"))
        #expect(page.contains("northflank_api_requests_total{account=\"new\",endpoint=\"backups\",code=\"200\"} 0\n"))
    }

    @Test("an exporter without accounts and addons still shows its own metrics")
    func empty() {
        let page = SamplePage.render([], accounts: [], process: nil, history: nil)
        let names = page.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }.map { $0.split(separator: " ")[2] }
        #expect(
            names == [
                "northflank_exporter_webhook_events_total", "northflank_exporter_http_connections",
                "northflank_exporter_http_connections_ended_total", "northflank_exporter_http_requests_refused_total",
                "northflank_exporter_web_config_last_reload_successful", "northflank_exporter_shards",
                "northflank_exporter_shard_index", "northflank_exporter_config_last_reload_successful",
                "northflank_exporter_config_last_reload_success_timestamp_seconds", "northflank_exporter_build_info",
            ])
    }

    @Test("many addons come family by family, in their given order")
    func grouping() {
        let states = ["a", "b", "c"].map { name in
            var state = Addon(key: AddonKey(account: "acme", project: "shop", addon: name))
            state.isUp = name == "b"
            return state
        }
        let lines = SamplePage.render(states, accounts: [], process: nil).split(separator: "\n")
        let ups = lines.indices.filter { lines[$0].hasPrefix("northflank_addon_up{") }
        #expect(ups == Array(ups[0]..<ups[0] + 3))
        #expect(ups.map { lines[$0].last } == ["0", "1", "0"])
    }
}
