import Testing

@testable import Backups

@Suite struct SummaryFailureTests {
    @Test(
        "failures count since the newest completed backup",
        arguments: [
            ([], 0),
            ([backup(.completed, 1)], 0),
            ([backup(.failed, 1)], 1),
            ([backup(.failed, 1), backup(.failed, 2)], 2),
            ([backup(.failed, 1), backup(.completed, 2)], 0),
            ([backup(.completed, 1), backup(.failed, 2)], 1),
            ([backup(.failed, 1), backup(.completed, 2), backup(.failed, 3), backup(.failed, 4)], 2),
            ([backup(.completed, 1), backup(.failed, 2), backup(.completed, 3), backup(.failed, 4)], 1),
            // Created at the same moment is not after.
            ([backup(.completed, 2), backup(.failed, 2)], 0),
            // What counts is when it was created, not when it ended.
            ([backup(.completed, 2, end: 9), backup(.failed, 1, end: 10)], 0),
            ([backup(.completed, 2, end: 9), backup(.failed, 3, end: 4)], 1),
            // Neither a success nor a failure.
            ([backup(.completed, 1), backup(.aborted, 2), backup(.inProgress, 3), backup(.unknown, 4)], 0),
            ([backup(.failed, 1), backup(.aborted, 2), backup(.notSupported, 3)], 1),
            // A snapshot ends a row of failed dumps: the addon is protected again.
            ([backup(.failed, 1), backup(.failed, 2), backup(.completed, 3, type: .snapshot)], 0),
            ([backup(.failed, 1), backup(.completed, 2, type: .unknown)], 0),
        ] as [([Backup], Int)])
    func consecutive(history: [Backup], failures: Int) {
        for order in permutations(of: history) { #expect(BackupSummary(of: order).consecutiveFailures == failures) }
    }

    @Test(
        "an import is neither protection nor a failure",
        arguments: [
            // A completed import does not end a row of failures.
            ([backup(.failed, 1), backup(.completed, 2, type: .imported)], 1),
            // A failed import is not part of one.
            ([backup(.failed, 1, type: .imported)], 0),
            ([backup(.completed, 1), backup(.failed, 2, type: .imported), backup(.failed, 3)], 1),
        ] as [([Backup], Int)])
    func imports(history: [Backup], failures: Int) {
        for order in permutations(of: history) { #expect(BackupSummary(of: order).consecutiveFailures == failures) }
    }

    @Test("the newest failed backup is the one created last, an import included")
    func newestFailed() {
        let first = backup(.failed, 1, end: 100)
        let second = backup(.failed, 2)
        let imported = backup(.failed, 3, end: 4, type: .imported)
        #expect(BackupSummary(of: [second, first]).newestFailed == second)
        #expect(BackupSummary(of: [second, first]).newestFailed?.endOrCreation == at(2))
        #expect(BackupSummary(of: [imported, second, first]).newestFailed?.endOrCreation == at(4))
        #expect(BackupSummary(of: [first, backup(.completed, 9)]).newestFailed == first)
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
