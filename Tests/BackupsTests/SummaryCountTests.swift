import Testing

@testable import Backups

@Suite struct SummaryCountTests {
    @Test("an empty list has zeros and nothing else")
    func empty() {
        let summary = BackupSummary(of: [] as [Backup])
        for status in BackupStatus.allCases { #expect(summary.count(of: status) == 0) }
        for type in BackupType.allCases { #expect(summary.completed(type) == nil) }
        #expect(summary.newestFailed == nil)
        #expect(summary.count == 0)
        #expect(summary.oldestUnfinished == nil)
    }

    @Test("each status is counted for itself", arguments: BackupStatus.allCases)
    func oneStatus(status: BackupStatus) {
        let summary = BackupSummary(of: (0..<3).map { backup(status, $0) })
        for other in BackupStatus.allCases { #expect(summary.count(of: other) == (other == status ? 3 : 0)) }
    }

    @Test("R2: imports and unknown types are counted by status like any other")
    func typesInCounts() {
        let summary = BackupSummary(of: BackupType.allCases.map { backup(.completed, 1, type: $0, id: $0.label) })
        #expect(summary.count(of: .completed) == 4)
        #expect(summary.count == 4)
    }

    @Test("a summary of one type does not include another type", arguments: BackupType.allCases)
    func oneType(type: BackupType) throws {
        let only = backup(.completed, 1000, end: 2500, type: type, size: 7)
        let summary = BackupSummary(of: [only, backup(.failed, 3000, type: type)])
        for other in BackupType.allCases where other != type { #expect(summary.completed(other) == nil) }
        let completed = try #require(summary.completed(type))
        #expect(completed == BackupSummary.Completed(newest: Attempt(only), oldest: at(2500), storedBytes: 7))
        #expect(completed.newest.duration == .milliseconds(1500))
    }

    @Test("R3: a completed backup without an end counts from its creation, and has no duration")
    func missingEnd() throws {
        let completed = try #require(BackupSummary(of: [backup(.completed, 1000)]).completed(.dump))
        #expect(completed.newest.endOrCreation == at(1000))
        #expect(completed.newest.duration == nil)
    }

    @Test("an end before the creation gives no duration, and an end at it gives zero")
    func endBeforeCreation() throws {
        let early = try #require(BackupSummary(of: [backup(.completed, 1000, end: 999)]).completed(.dump))
        #expect(early.newest.duration == nil)
        let same = try #require(BackupSummary(of: [backup(.completed, 1000, end: 1000)]).completed(.dump))
        #expect(same.newest.duration == .zero)
    }

    @Test(
        "the sum is of the known sizes; nil if none is known; it saturates",
        arguments: [
            ([nil], nil), ([nil, nil], nil), ([0], 0), ([nil, 0], 0), ([1, nil, 2], 3), ([.max, 1], .max),
            ([.max, .max, .max], .max), ([.max - 1, 1], .max),
        ] as [([Int64?], Int64?)])
    func sizes(sizes: [Int64?], sum: Int64?) throws {
        let backups = sizes.enumerated().map { backup(.completed, Int64($0), size: $1) }
        for order in permutations(of: backups) {
            #expect(try #require(BackupSummary(of: order).completed(.dump)).storedBytes == sum)
        }
    }

    @Test("only completed backups are stored", arguments: BackupStatus.allCases.filter { $0 != .completed })
    func notStored(status: BackupStatus) throws {
        let summary = BackupSummary(of: [backup(.completed, 1, size: 1), backup(status, 2, size: 100)])
        #expect(try #require(summary.completed(.dump)).storedBytes == 1)
    }
}
