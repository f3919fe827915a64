import Backups
import Freshness
import Testing

@testable import Polling

struct RecentEventsTests {
    private static func event(_ id: String, addon: String = "db") -> RecentEvents.Event {
        .init(id: id, key: AddonKey(account: "acme", project: "shop", addon: addon), kind: .end)
    }

    @Test("an event is remembered for five minutes at least and ten at most")
    func span() {
        for (first, forgotten) in [(0.0, 600.0), (299, 600)] {
            var recent = RecentEvents()
            #expect(recent.isRepeated(Self.event("other"), now: 0) == false)
            #expect(recent.isRepeated(Self.event("a"), now: first) == false)
            #expect(recent.isRepeated(Self.event("a"), now: 300) == true)
            #expect(recent.isRepeated(Self.event("a"), now: forgotten - 0.1) == true)
            #expect(recent.isRepeated(Self.event("a"), now: forgotten) == false)
        }
        var idle = RecentEvents()
        #expect(idle.isRepeated(Self.event("a"), now: 0) == false)
        #expect(idle.isRepeated(Self.event("a"), now: 600) == false)
    }

    @Test("the same id for another addon is another event")
    func addons() {
        var recent = RecentEvents()
        #expect(recent.isRepeated(Self.event("a"), now: 0) == false)
        #expect(recent.isRepeated(Self.event("a", addon: "well"), now: 0) == false)
        #expect(recent.isRepeated(Self.event("a"), now: 0) == true)
    }

    @Test("a flood is forgotten earlier, and takes no more memory than ten thousand events")
    func flood() {
        var recent = RecentEvents()
        for number in 0..<10_000 { #expect(recent.isRepeated(Self.event("\(number)"), now: 1) == false) }
        #expect(recent.isRepeated(Self.event("9999"), now: 1) == true)
        #expect(recent.isRepeated(Self.event("5000"), now: 1) == true)
        #expect(recent.isRepeated(Self.event("4999"), now: 1) == false)
    }
}
