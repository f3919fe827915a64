import Backups
import Exposition
import Fleet
import TestSupport
import Testing

@testable import Catalog

@Suite struct RenderedAddonTests {
    private static func page(_ addon: RenderedAddon) -> String {
        let status = ExporterStatus(
            accounts: [], reload: ReloadStatus(isSuccessful: true, lastSuccess: SampleAddons.now), process: nil)
        let page = MetricPage([addon], status, format: .text, now: SampleAddons.now)
        return String(decoding: page.whole(), as: UTF8.self)
    }

    private static let observation = "northflank_addon_last_observed_timestamp_seconds{"

    @Test("another observation of the same list changes its line alone, and so does the next")
    func observedAgain() {
        var addon = SampleAddons.rich
        var rendered = RenderedAddon(addon)
        let first = Self.page(rendered)
        for seconds in [300_000.0, 300_000.5] {
            addon.observedAgain(at: SampleAddons.at(seconds))
            rendered = RenderedAddon(addon, after: rendered)
            let page = Self.page(rendered)
            #expect(page == Self.page(RenderedAddon(addon)))
            let others = [page, first].map { $0.split(separator: "\n").filter { !$0.hasPrefix(Self.observation) } }
            #expect(others[0] == others[1])
            #expect(page.contains("addon=\"orders-db\"} \(Int(1_767_000_000 + seconds))"))
        }
    }

    @Test("any other change is rendered, and so is the first observation")
    func changed() {
        let before = RenderedAddon(SampleAddons.rich)
        var addon = SampleAddons.rich
        addon.observedAgain(at: SampleAddons.at(300_000))
        addon.isUp = false
        #expect(Self.page(RenderedAddon(addon, after: before)) == Self.page(RenderedAddon(addon)))
        var new = Addon(key: addon.key)
        let unknown = RenderedAddon(new)
        #expect(!Self.page(unknown).contains(Self.observation))
        new.observedAgain(at: SampleAddons.at(1))
        #expect(Self.page(RenderedAddon(new, after: unknown)).contains("\(Self.observation)"))
    }
}
