import Backups
import Testing

@testable import Exporter

@Suite struct FleetTests {
    private static func key(_ addon: String, account: String = "acme") -> AddonKey {
        AddonKey(account: account, project: "shop", addon: addon)
    }

    @Test("addons are sorted by key, whatever order they came in")
    func order() {
        let fleet = Fleet()
        for name in ["m", "a", "z", "b", "y"] { fleet.update(Self.key(name)) { $0.isUp = true } }
        fleet.update(Self.key("x", account: "aaa")) { $0.isUp = true }
        #expect(fleet.snapshot.map(\.state.key.addon) == ["x", "a", "b", "m", "y", "z"])
    }

    @Test("a change that changes nothing renders nothing anew")
    func unchanged() {
        let fleet = Fleet()
        fleet.update(Self.key("a")) { $0.isUp = true }
        let before = fleet.snapshot[0]
        fleet.update(Self.key("a")) { $0.isUp = true }
        #expect(fleet.snapshot[0] === before)
        fleet.update(Self.key("a")) { $0.isUp = false }
        #expect(fleet.snapshot[0] !== before)
        #expect(before.state.isUp == true)
    }

    @Test("a snapshot is what was known when it was taken")
    func snapshot() {
        let fleet = Fleet()
        fleet.update(Self.key("a")) { $0.isUp = true }
        let snapshot = fleet.snapshot
        fleet.update(Self.key("b")) { $0.isUp = true }
        fleet.retain { $0 == Self.key("b") }
        #expect(snapshot.map(\.state.key.addon) == ["a"])
        #expect(fleet.snapshot.map(\.state.key.addon) == ["b"])
    }

    @Test("an addon is found by its key, or not at all")
    func lookup() {
        let fleet = Fleet()
        #expect(fleet.addon(Self.key("a")) == nil)
        for name in ["a", "b", "c"] { fleet.update(Self.key(name)) { $0.isUp = name == "b" } }
        #expect(fleet.addon(Self.key("b"))?.isUp == true)
        #expect(fleet.addon(Self.key("c"))?.isUp == false)
        #expect(fleet.addon(Self.key("d")) == nil)
        #expect(fleet.addon(Self.key("b", account: "other")) == nil)
    }
}
