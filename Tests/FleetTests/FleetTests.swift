import Backups
import Northflank
import Testing

@testable import Fleet

@Suite struct FleetTests {
    private final class Item: FleetItem {
        let addon: Addon
        init(_ addon: Addon, after previous: Item?) { self.addon = addon }
    }

    private let fleet = Fleet<Item>()

    private static func key(_ addon: String, account: String = "acme") -> AddonKey {
        AddonKey(account: account, project: "shop", addon: addon)
    }

    private func publish(_ names: String..., account: String = "acme", isUp: Bool? = nil) {
        for name in names {
            var addon = Addon(key: Self.key(name, account: account))
            addon.isUp = isUp
            fleet.publish(addon)
        }
    }

    private var names: [String] { fleet.items.map(\.addon.key.addon) }

    @Test("addons are sorted by key, in any order of arrival")
    func order() {
        publish("m", "a", "z", "b", "y")
        publish("x", account: "aaa")
        #expect(names == ["x", "a", "b", "m", "y", "z"])
    }

    @Test("a published addon replaces its earlier value")
    func replaced() {
        publish("a", "b")
        let before = fleet.items
        publish("b", isUp: true)
        #expect(fleet.items.map(\.addon.isUp) == [nil, true])
        #expect(fleet.items[0] === before[0])
        #expect(before.map(\.addon.isUp) == [nil, nil])
    }

    @Test("a snapshot does not change after it was taken")
    func snapshot() {
        publish("a")
        let snapshot = fleet.items
        publish("b")
        fleet.withdraw(Self.key("a"))
        #expect(snapshot.map(\.addon.key.addon) == ["a"])
        #expect(names == ["b"])
    }

    @Test("an addon is found by its key; withdrawing an unknown addon does nothing")
    func lookup() {
        #expect(!fleet.isWatching(Self.key("a")))
        publish("a", "b", "c")
        #expect(fleet.isWatching(Self.key("b")))
        #expect(!fleet.isWatching(Self.key("d")))
        #expect(!fleet.isWatching(Self.key("b", account: "other")))
        #expect(fleet.keys(account: "other", addon: "b") == [])
        #expect(fleet.keys(account: Self.key("b").account, addon: "b") == [Self.key("b")])
        for name in ["d", "b", "b"] { fleet.withdraw(Self.key(name)) }
        #expect(names == ["a", "c"])
    }

    @Test("accounts are sorted by name; a removed account leaves nothing, its addons included")
    func accounts() {
        fleet.publish(PollingStatus(pollInterval: .seconds(2)), of: "b")
        fleet.update("a") { $0.retries = [.timeout: 1] }
        fleet.count(3, for: .lists, of: "b")
        fleet.count(4, for: .lists, of: "b")
        publish("x", account: "a")
        publish("y", account: "b")
        #expect(fleet.accounts.map(\.name) == ["a", "b"])
        #expect(fleet.accounts.map(\.polling.pollInterval) == [.zero, .seconds(2)])
        #expect(fleet.accounts.map { $0.requestsByPurpose[.lists] } == [0, 7])
        #expect(fleet.accounts.map(\.retries) == [[.timeout: 1], [:]])
        fleet.retain(accounts: ["b", "c"])
        #expect(fleet.accounts.map(\.name) == ["b"])
        #expect(names == ["y"])
    }
}
