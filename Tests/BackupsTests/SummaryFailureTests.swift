import Testing

@testable import Backups

/// The newest failed and the oldest unfinished backup.
@Suite struct SummaryFailureTests {
    @Test("the newest failed backup is the one created last, an import included")
    func newestFailed() {
        let first = backup(.failed, 1, end: 100)
        let second = backup(.failed, 2)
        let imported = backup(.failed, 3, end: 4, type: .imported)
        #expect(BackupSummary(of: [second, first]).newestFailed == Attempt(second))
        #expect(BackupSummary(of: [second, first]).newestFailed?.endOrCreation == at(2))
        #expect(BackupSummary(of: [imported, second, first]).newestFailed?.endOrCreation == at(4))
        #expect(BackupSummary(of: [first, backup(.completed, 9)]).newestFailed == Attempt(first))
    }

    @Test(
        "the oldest unfinished backup is scheduled, in progress or aborting",
        arguments: [
            ([backup(.scheduled, 3)], 3),
            ([backup(.inProgress, 2), backup(.scheduled, 3)], 2),
            ([backup(.aborting, 1), backup(.inProgress, 2), backup(.scheduled, 3)], 1),
            ([backup(.completed, 0), backup(.aborting, 5), backup(.failed, 1), backup(.aborted, 2)], 5),
            ([backup(.completed, 1), backup(.failed, 2), backup(.aborted, 3), backup(.unknown, 4)], nil),
            ([backup(.notSupported, 1)], nil),
            ([backup(.inProgress, 7, type: .imported)], 7),
        ] as [([Backup], Int64?)])
    func oldestUnfinished(history: [Backup], created: Int64?) {
        for order in permutations(of: history) {
            #expect(BackupSummary(of: order).oldestUnfinished == created.map(at))
        }
    }
}
