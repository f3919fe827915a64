import SplitMix64

@testable import Backups

/// Slots with what was created for them, all in seconds.
struct SlotHistory {
    var slots: [Int]
    var grace: Int
    var created: [Int] = []
    var observed = 1_000_000

    static let tolerance = Int(SlotMatching.tolerance / .seconds(1))

    /// - Parameter distance: between a slot and the next.
    init(slots count: Int, distance: ClosedRange<Int>, grace: Int, using random: inout SplitMix64) {
        slots = []
        for _ in 0..<count { slots.append((slots.last ?? 0) + Int.random(in: distance, using: &random)) }
        self.grace = grace
    }

    /// Backups by identity, which is their index in `created`, so that their order does not matter.
    var backups: [Backup] {
        created.enumerated().map { backup(.completed, Int64($1) * 1000, id: String(100 + $0)) }
    }

    /// The index in `created` of what matches each slot, else nil.
    func matched(_ backups: [Backup]? = nil) -> [Int?] {
        let backups = backups ?? self.backups
        return outcomes(backups).map { outcome in
            guard case .matched(let index) = outcome else { return nil }
            return Int(backups[index].identity.text)! - 100
        }
    }

    func outcomes(_ backups: [Backup]? = nil) -> [SlotMatching.Outcome] {
        SlotMatching.match(
            slots: slots.map { at(Int64($0) * 1000) }, backups: backups ?? self.backups,
            grace: .seconds(grace), observedAt: at(Int64(observed) * 1000))
    }

    /// When what belongs to a slot alone may be created, the latest second of it at most `limit` after the slot.
    func own(_ slot: Int, limit: Int = 1_000_000) -> ClosedRange<Int> {
        let next = slot + 1 < slots.count ? slots[slot + 1] : slots[slot] + 86_400
        return slots[slot] - Self.tolerance...min(next - Self.tolerance - 1, slots[slot] + limit)
    }

    /// As the rule says it: the latest slot before a backup is its own, and one before that is so in its grace.
    func mayMatch(_ creation: Int, _ slot: Int) -> Bool {
        guard let own = slots.lastIndex(where: { $0 <= creation + Self.tolerance }), slot <= own else { return false }
        return slot == own || creation <= slots[slot] + grace
    }

    /// Every way to give backups, in the order of their creation, to slots in theirs.
    func assignments(from slot: Int = 0, _ order: ArraySlice<Int>) -> [[Int?]] {
        guard slot < slots.count else { return [[]] }
        let without = assignments(from: slot + 1, order).map { [nil] + $0 }
        return without
            + order.indices.filter { mayMatch(created[order[$0]], slot) }.flatMap { position in
                assignments(from: slot + 1, order[(position + 1)...]).map { [order[position]] + $0 }
            }
    }
}
