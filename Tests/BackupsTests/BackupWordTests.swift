import Testing

@testable import Backups

@Suite struct BackupWordTests {
    @Test(
        "the API's words for a status",
        arguments: [
            ("scheduled", .scheduled), ("in-progress", .inProgress), ("completed", .completed),
            ("aborting", .aborting), ("aborted", .aborted), ("failed", .failed), ("not-supported", .notSupported),
        ] as [(String, BackupStatus)])
    func documentedStatus(word: String, status: BackupStatus) {
        #expect(BackupStatus(word: word) == status)
        #expect(status.word == word)
    }

    @Test(
        "any other word is unknown, never an error",
        arguments: ["unknown", "", "Completed", "completed ", "inProgress", "in_progress", "paused", "💾"])
    func otherStatus(word: String) {
        #expect(BackupStatus(word: word) == .unknown)
    }

    @Test func statusesAreEight() {
        #expect(
            BackupStatus.allCases.map(\.word) == [
                "scheduled", "in-progress", "completed", "aborting", "aborted", "failed", "not-supported", "unknown",
            ])
        #expect(BackupStatus.allCases.filter(\.isUnfinished) == [.scheduled, .inProgress, .aborting])
    }

    @Test(
        "sources are four types",
        arguments: [
            ("snapshot", .snapshot), ("sameAddon", .dump), ("liveInstance", .dump), ("fileUpload", .imported),
            ("externalDump", .imported), (nil, .unknown), ("", .unknown), ("Snapshot", .unknown), ("dump", .unknown),
        ] as [(String?, BackupType)])
    func types(source: String?, type: BackupType) {
        #expect(BackupType(source: source) == type)
    }

    @Test func typeLabels() {
        #expect(BackupType.allCases.map(\.label) == ["snapshot", "dump", "import", "unknown"])
    }

    @Test("R4: newer is created later, then ended later, then the greater identity")
    func newer() {
        #expect(backup(.completed, 2).isNewer(than: backup(.completed, 1, end: 9)))
        #expect(backup(.completed, 1, end: 3).isNewer(than: backup(.completed, 1, end: 2)))
        #expect(backup(.completed, 1, end: 2).isNewer(than: backup(.completed, 1)))
        #expect(backup(.completed, 1, id: "b").isNewer(than: backup(.completed, 1, id: "a")))
        #expect(!backup(.completed, 1, id: "a").isNewer(than: backup(.completed, 1, id: "a")))
    }
}
