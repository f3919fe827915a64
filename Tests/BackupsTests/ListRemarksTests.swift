import TestSupport
import Testing

@testable import Backups

@Suite struct ListRemarksTests {
    private static func unreadable(_ entries: Int) -> Unreadable {
        Unreadable(entries: entries, field: "createdAt", found: "nothing, not an ISO 8601 time")
    }

    private static func taken(_ reads: [(ListRemarks, isWhole: Bool)]) -> ListRemarks {
        var remarks = ListRemarks()
        for (read, isWhole) in reads { remarks.take(read, isWhole: isWhole) }
        return remarks
    }

    @Test("a reading of the whole list replaces everything")
    func whole() {
        let odd = ListRemarks(
            unreadable: Self.unreadable(2), undatedScheduled: 1, cutAfter: 9, isOnFirstPage: false, clockAhead: hour)
        #expect(
            Self.taken([(odd, true)])
                == ListRemarks(
                    unreadable: Self.unreadable(2), undatedScheduled: 1, isOnFirstPage: false, clockAhead: hour))
        #expect(Self.taken([(odd, true), (ListRemarks(), true)]) == ListRemarks())
    }

    @Test("a reading of the newest part replaces what was on the first page, and keeps what was on further ones")
    func part() {
        let first = ListRemarks(unreadable: Self.unreadable(1), undatedScheduled: 1)
        #expect(Self.taken([(first, true), (ListRemarks(clockAhead: hour), false)]) == ListRemarks(clockAhead: hour))
        #expect(Self.taken([(ListRemarks(), true), (first, false)]) == first)

        var further = first
        further.isOnFirstPage = false
        #expect(Self.taken([(further, true), (ListRemarks(), false)]) == further)
        let more = ListRemarks(unreadable: Self.unreadable(2), undatedScheduled: 2)
        var both = more
        both.isOnFirstPage = false
        #expect(Self.taken([(further, true), (more, false)]) == both)
        #expect(Self.taken([(further, true), (more, false), (ListRemarks(), true)]) == ListRemarks())
    }

    @Test("R66: a list that was cut stays cut until it is read to its end, and counts as read")
    func cut() {
        let cut = ListRemarks(cutAfter: 10_000)
        #expect(Self.taken([(cut, false)]) == cut)
        #expect(Self.taken([(cut, false), (ListRemarks(), false)]) == cut)
        #expect(Self.taken([(cut, false), (ListRemarks(), true)]) == ListRemarks())
        var recorded = Recorded()
        recorded.observe([one(.completed)], isWhole: false, remarks: cut, at: 500)
        #expect(recorded.record.lastWhole == at(500))
        #expect(recorded.record.remarks == cut)
        recorded.observe([one(.completed)], isWhole: false, at: 600)
        #expect(recorded.record.lastWhole == at(500))
    }

    @Test("R63: a known backup whose entry cannot be read is not gone, and no other is spared")
    func spared() {
        var recorded = Recorded()
        recorded.observe([one(.completed, 200, id: "a"), one(.completed, 100, id: "b")], at: 500)
        recorded.observe([one(.completed, 300, id: "c")], unreadable: ["a", "x"], at: 600)
        #expect(recorded.listed == ["a", "c"])
        #expect(recorded.gone == ["b"])
        #expect(recorded.record.outcomes == OutcomeCounts(completed: 1))
        recorded.observe([one(.completed, 300, id: "c")], at: 700)
        #expect(recorded.gone == ["a", "b"])
    }

    @Test("R63, R64, R66: each remark is a finding of its own beside the others, and none of a paused addon")
    func findings() {
        var world = World()
        world.remarks = ListRemarks(unreadable: Self.unreadable(3), undatedScheduled: 2, cutAfter: 10_000)
        #expect(world.findings == [.unreadable(Self.unreadable(3)), .cut(after: 10_000)])
        #expect(world.verdict().state == .unknown)
        #expect(world.assessment.summary.count(of: .scheduled) == 2)
        #expect(world.assessment.summary.count == 5)
        #expect(world.assessment.summary.oldestUnfinished == nil)
        #expect(world.assessment.unfinished == [])
        world.listed.append(World.dump(.failed, "2026-03-10T06:00:00Z"))
        #expect(world.findings.map(\.kind) == [.attemptFailed, .unreadable, .unreadable])
        #expect(world.verdict().state == .failing)
        world.isPaused = true
        #expect(world.findings == [.paused])
    }
}
