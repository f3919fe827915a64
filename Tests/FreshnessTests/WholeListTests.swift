import Testing

@testable import Freshness

@Suite("When all pages of a list are read") struct WholeListTests {
    @Test("pages beyond the first cost requests once in an interval, until the addon is gone")
    func rate() {
        var lists = WholeLists(interval: 100)
        #expect(lists.rate == 0)
        lists.read(1, pages: 3, now: 0)
        lists.read(1, pages: 3, now: 100)
        #expect(lists.rate == 0.02)
        lists.read(2, pages: 5, now: 0)
        #expect(lists.rate == 0.06)
        lists.read(2, pages: 2, now: 100)
        lists.read(3, pages: 0, now: 100)
        #expect(lists.rate == 0.03)
        lists.remove(1)
        lists.remove(1)
        lists.remove(4)
        #expect(lists.rate == 0.01)
    }

    @Test("R66: all pages are read after an interval; with few requests several pages wait for a second interval")
    func depth() {
        var lists = WholeLists(interval: 100)
        #expect(lists.depth(1, now: 0, isShort: true) == .whole)
        lists.read(1, pages: 1, now: 50)
        lists.read(2, pages: 2, now: 50)
        func depths(_ id: Int, isShort: Bool) -> [Depth] {
            [149.9, 150, 249.9, 250].map { lists.depth(id, now: $0, isShort: isShort) }
        }
        #expect(depths(1, isShort: false) == [.newest, .whole, .whole, .whole])
        #expect(depths(1, isShort: true) == [.newest, .whole, .whole, .whole])
        #expect(depths(2, isShort: false) == [.newest, .whole, .whole, .whole])
        #expect(depths(2, isShort: true) == [.newest, .newest, .newest, .whole])
    }

    @Test("a reading in the future, or at an unknown time, does not break anything")
    func oddTimes() {
        var lists = WholeLists(interval: 100)
        lists.read(1, pages: 1, now: 500)
        lists.read(2, pages: 1, now: -.infinity)
        #expect([0, 599, 600].map { lists.depth(1, now: $0, isShort: false) } == [.newest, .newest, .whole])
        #expect(lists.depth(2, now: 0, isShort: true) == .whole)
    }
}
