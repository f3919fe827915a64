import Backups
import TestSupport
import Testing

@testable import History

/// Which deleted backups judgement knows.
@Suite struct KnownBackupsTests {
    /// The deleted backups that are known, as a letter for the type and the creation, after a list of some dumps and
    /// older snapshots was emptied.
    private static func known(dumps: Int, snapshots: Int, scheduled: [BackupType]) -> [String] {
        let history = History.open(.memory, now: at(0)) { Issue.record("\($0)") }
        let schedules = scheduled.map { type in
            BackupSchedule(id: type.label, type: type, rule: .init(interval: .daily), effectiveFrom: at(0))
        }
        _ = history.update([(key(), .schedules(schedules))], at: at(1)) { _, _ in }
        let list =
            (0..<dumps).map { backup(.completed, Int64(2000 - $0), id: BackupIdentity("d\(2000 - $0)")) }
            + (0..<snapshots).map {
                backup(.completed, Int64(1000 - $0), type: .snapshot, id: BackupIdentity("s\(1000 - $0)"))
            }
        history.observe(list, at: 5000)
        let (_, names) = history.observe(key(), entries: [], isWhole: true, isNewestFirst: true, at: at(6000)) {
            _, known in
            known.filter { !$0.isListed }.map(\.backup.identity.text)
        }
        return names.sorted()
    }

    private static func dumps(_ count: Int) -> [String] { (0..<count).map { "d\(2000 - $0)" }.sorted() }

    @Test("R6: known are the 60 deleted backups that were created last")
    func sixty() {
        #expect(Self.known(dumps: 57, snapshots: 5, scheduled: []) == Self.dumps(57) + ["s1000", "s998", "s999"])
        #expect(Self.known(dumps: 61, snapshots: 5, scheduled: []) == Self.dumps(60))
    }

    @Test("R6: and at least the 20 of each type that has a schedule that were created last")
    func twenty() {
        let twenty = (0..<20).map { "s\(1000 - $0)" }.sorted()
        #expect(Self.known(dumps: 61, snapshots: 25, scheduled: [.snapshot]) == Self.dumps(60) + twenty)
        #expect(Self.known(dumps: 59, snapshots: 25, scheduled: [.dump, .snapshot]) == Self.dumps(59) + twenty)
        #expect(Self.known(dumps: 61, snapshots: 2, scheduled: [.snapshot]) == Self.dumps(60) + ["s1000", "s999"])
        #expect(Self.known(dumps: 61, snapshots: 25, scheduled: [.dump]) == Self.dumps(60))
    }
}
