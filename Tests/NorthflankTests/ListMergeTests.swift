import Backups
import TestSupport
import Testing

@testable import Northflank

@Suite struct ListMergeTests {
    private func project(_ id: String, _ name: String = "") -> ProjectListing { ProjectListing(id: id, name: name) }

    @Test("pages are joined in order")
    func order() {
        var merge = ListMerge<ProjectListing>()
        #expect(merge.add([project("a"), project("b")]) == 2)
        #expect(merge.add([]) == 0)
        #expect(merge.add([project("c")]) == 1)
        #expect(merge.entries == [project("a"), project("b"), project("c")])
    }

    @Test("an entry that a later page repeats counts once, with the later word")
    func duplicateBetweenPages() {
        var merge = ListMerge<ProjectListing>()
        #expect(merge.add([project("a", "old"), project("b", "old")]) == 2)
        #expect(merge.add([project("b", "new"), project("c", "new")]) == 1)
        #expect(merge.entries == [project("a", "old"), project("b", "new"), project("c", "new")])
        #expect(merge.add([project("c"), project("a"), project("b")]) == 0)
        #expect(merge.entries == [project("a"), project("b"), project("c")])
    }

    @Test("an entry that is repeated within a page counts once")
    func duplicateInPage() {
        var merge = ListMerge<ProjectListing>()
        #expect(merge.add([project("a", "1"), project("a", "2")]) == 1)
        #expect(merge.entries == [project("a", "2")])
    }

    @Test("a backup that ends while the list is read is counted as ended")
    func backupThatEnds() {
        let created = Timestamp(milliseconds: 1)
        let running = Backup(identity: "u", status: .inProgress, type: .dump, createdAt: created)
        let done = Backup(identity: "u", status: .completed, type: .dump, createdAt: created)
        var merge = ListMerge<Backup>()
        _ = merge.add([running])
        _ = merge.add([done])
        #expect(merge.entries == [done])
    }
}
