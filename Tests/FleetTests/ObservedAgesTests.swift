import Backups
import Testing

@testable import Fleet

struct ObservedAgesTests {
    private static let now = Timestamp(seconds: 1_800_000_000)

    private static func addons(_ ages: [Double?], account: String = "acme") -> [Addon] {
        ages.enumerated().map { index, age in
            let key = AddonKey(account: account, project: "shop", addon: "a\(index)")
            var record = AddonRecord(key: key, firstSeen: now)
            record.lastObserved = age.map { Timestamp(seconds: now.seconds - $0) }
            return Addon(record, nil, isCounting: true)
        }
    }

    @Test("ages of observation, by account: the median, the oldest of 95 %, and the oldest")
    func byAccount() {
        let ages = ObservedAges.byAccount(
            Self.addons((1...20).reversed().map { Double($0) } + [nil]) + Self.addons([7.5], account: "b")
                + Self.addons([nil], account: "c"), now: Self.now)
        #expect(
            ages == [
                "acme": ObservedAges(p50: 10, p95: 19, max: 20), "b": ObservedAges(p50: 7.5, p95: 7.5, max: 7.5),
            ])
    }
}
