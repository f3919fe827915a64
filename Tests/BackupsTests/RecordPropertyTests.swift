import SplitMix64
import Testing

@testable import Backups

@Suite struct RecordPropertyTests {
    @Test("every terminal status that was visible counts once, and no other", arguments: 0..<200)
    func counts(seed: Int) {
        var list = SimulatedList(seed: seed)
        var addon = Recorded(recalls: seed % 2 == 0)
        for _ in 0..<60 {
            list.advance()
            let (entries, isWhole) = list.list()
            let changes = addon.observe(entries, isWhole: isWhole, at: list.now)
            #expect(addon.record.outcomes == list.truth)
            let names = addon.known.map(\.backup.identity)
            #expect(Set(names).count == names.count)
            if isWhole {
                #expect(addon.listed == entries.map(\.identity.text).sorted())
            } else {
                // A part tells only of what would have to be in it, and only if it is newest first.
                let isInOrder = zip(entries, entries.dropFirst()).allSatisfy { $0.createdAt >= $1.createdAt }
                let oldest = isInOrder ? entries.last?.createdAt : nil
                #expect(changes.gone.allSatisfy { gone in oldest.map { gone.backup.createdAt > $0 } ?? false })
                let missing = addon.known.filter { known in
                    known.isListed && oldest.map { known.backup.createdAt > $0 } ?? false
                        && !entries.contains { $0.identity == known.backup.identity }
                }
                #expect(missing == [])
            }
            #expect(addon.observe(entries, isWhole: isWhole, at: list.now) == ListingChanges())
        }
    }
}

/// An addon's list as a server might have it: backups come, change their status in any way, go and come back, and get
/// identities of another kind.
private struct SimulatedList {
    private struct Entry {
        var backup: Backup
        var isListed = true
        var seen: TerminalStatuses = []
    }

    private var random: SplitMix64
    private var entries: [Entry] = []
    private var hasUIDs = false
    private var isFirst = true
    private(set) var now: Int64 = 1000
    /// What was to be seen since the first listing and was not before.
    private(set) var truth = OutcomeCounts()

    init(seed: Int) {
        random = SplitMix64(seed)
        for _ in 0..<Int.random(in: 0...8, using: &random) { advance() }
    }

    mutating func advance() {
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            now += 10
            switch Int.random(in: 0..<10, using: &random) {
            case 0...2: entries.append(Entry(backup: one(.scheduled, now, id: "")))
            case 3...6: change()
            case 7 where !isFirst:
                if let index = entries.indices.randomElement(using: &random) { entries[index].isListed.toggle() }
            case 8: if Int.random(in: 0..<4, using: &random) == 0 { hasUIDs.toggle() }
            default: break
            }
        }
    }

    private mutating func change() {
        guard let index = entries.indices.randomElement(using: &random),
            let status = BackupStatus.allCases.randomElement(using: &random)
        else { return }
        entries[index].backup.status = status
        let hasEnd = status.isTerminal && Bool.random(using: &random)
        entries[index].backup.completedAt = hasEnd ? at(now) : nil
    }

    /// The first one is whole: what a part of the list leaves out cannot be told from what came later.
    mutating func list() -> (entries: [Backup], isWhole: Bool) {
        now += 10
        let listed = entries.indices.reversed().filter { entries[$0].isListed }
        let count = isFirst ? listed.count : Int.random(in: 0...listed.count * 2, using: &random)
        for index in listed.prefix(count) {
            let status = entries[index].backup.status
            let terminal = TerminalStatuses(status)
            if !isFirst, !entries[index].seen.isSuperset(of: terminal) { truth[status: status] += 1 }
            entries[index].seen.formUnion(terminal)
        }
        isFirst = false
        let shown = listed.prefix(count).map { index in
            var backup = entries[index].backup
            backup.identity = BackupIdentity(hasUIDs ? "uid-\(index)" : "id-\(index)")
            return backup
        }
        return (shown, count >= listed.count)
    }
}
