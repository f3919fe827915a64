import TestSupport
import Testing

@testable import Backups

/// The order of the API's list is not promised, so nothing may depend on it.
@Suite struct SummaryOrderTests {
    static let histories: [[Backup]] = [
        [],
        [backup(.completed, 1, end: 2, size: 1), backup(.failed, 3), backup(.failed, 4), backup(.inProgress, 5)],
        // Ties everywhere: told apart by the end, then by identity, which nothing but the size shows here.
        [
            backup(.completed, 1, end: 3, size: 1, id: "a"), backup(.completed, 1, end: 2, size: 2, id: "b"),
            backup(.completed, 1, size: 4, id: "c"), backup(.completed, 1, size: 8, id: "d"),
            backup(.failed, 1, size: 16, id: "e"), backup(.failed, 1, size: 32, id: "f"),
        ],
        // Every type, with sizes that overflow when added.
        [
            backup(.completed, 1, size: .max, id: "a"), backup(.completed, 2, size: .max, id: "b"),
            backup(.completed, 3, type: .snapshot, size: 5), backup(.completed, 4, type: .imported),
            backup(.completed, 5, type: .unknown, size: 0), backup(.failed, 6, type: .imported),
        ],
    ]

    @Test("every order of a list gives the same summary", arguments: histories)
    func anyOrder(history: [Backup]) {
        let expected = BackupSummary(of: history)
        for order in permutations(of: history) { #expect(BackupSummary(of: order) == expected) }
    }

    @Test("R4: with equal creations, the last end is the newest and the first end the oldest")
    func ties() throws {
        let completed = try #require(BackupSummary(of: Self.histories[2]).completed(.dump))
        #expect(completed.newest == Attempt(Self.histories[2][0]))
        #expect(completed.oldest == at(1))
        #expect(completed.storedBytes == 15)
        #expect(BackupSummary(of: Self.histories[2]).newestFailed?.size == 32)
    }

    @Test("the version is that of the newest completed backup of each type that is listed, in every order")
    func versions() {
        var list = Self.histories[2] + [backup(.failed, 9), backup(.completed, 1, type: .snapshot)]
        for (index, version) in ["a", "b", nil, "d", "e", "f", "g", nil].enumerated() { list[index].version = version }
        var known = list.map { KnownBackup($0) }
        for (index, version) in [(0, "a"), (1, "b")] {
            let summary = BackupSummary(of: known.attempts.listed)
            for order in [known, known.reversed()] {
                #expect(summary.withVersions(of: order).completed(.dump)?.version == version)
            }
            #expect(summary.withVersions(of: known).completed(.snapshot)?.version == nil)
            known[index].goneAt = at(20)
        }
        // Of two that differ in nothing but the identity, the greater identity is the newer one.
        var same = [backup(.completed, 1, id: "x"), backup(.completed, 1, id: "y")]
        (same[0].version, same[1].version) = ("1", "2")
        for order in permutations(of: same) {
            let known = order.map { KnownBackup($0) }
            #expect(BackupSummary(of: known.attempts).withVersions(of: known).completed(.dump)?.version == "2")
        }
    }

    @Test("R4: the newest backup is the last one created, even if another one ended later")
    func overlap() throws {
        let long = backup(.completed, 1, end: 100)
        let short = backup(.completed, 2, end: 3)
        let completed = try #require(BackupSummary(of: [long, short]).completed(.dump))
        #expect(completed.newest == Attempt(short))
        #expect(completed.oldest == at(100))
    }
}
