/// Tells which slots had a backup.
///
/// A backup may be attributed to a slot if it was created within the slot's window: from `tolerance` before the slot
/// to `grace` after it, and on until the window of the next slot opens, since a backup that comes later than that
/// can still be meant for no other. The window of the last slot never closes.
///
/// Backups come in the order of their slots, for they wait in a queue. As many slots as possible get one each, and
/// among those that compete the later ones: a lone backup belongs to the latest slot before it.
package enum SlotMatching {
    /// What became of a slot.
    package enum Outcome: Equatable, Sendable {
        /// There was an attempt, whatever came of it: the backup at this index of the list.
        case matched(Int)
        /// There was none, and it is too late for one.
        case missed
        /// There was none yet.
        case pending
    }

    /// How long before its slot a backup can have been created: two clocks take part, the one that starts backups and
    /// the one that dates them, and neither is ours.
    package static let tolerance = Duration.seconds(60)

    /// - Parameters:
    ///   - slots: ascending. They should reach to `observedAt`, else the last one may get a backup of a later one.
    ///   - backups: those of the slots' type, whatever their status, in any order.
    ///   - grace: how long after its slot a backup can be created, at least 0.
    ///   - observedAt: when the list was seen. A slot can only be judged by what was there to be seen.
    /// - Returns: what became of each slot, in their order.
    package static func match(
        slots: [Timestamp], backups: [Backup], grace: Duration, observedAt: Timestamp
    ) -> [Outcome] {
        // Once for all slots: a duration's milliseconds cost a division of 128 bits.
        let grace = grace.milliseconds
        let windows = windows(of: slots, grace: grace)
        let order = backups.indices.sorted { backups[$1].isNewer(than: backups[$0]) }
        let creations = order.map { backups[$0].createdAt }
        let isMatched = matchedSlots(windows, creations)

        // Which backup matches is decided from the earliest on, so that a slot gets its punctual backup and what
        // comes after it is the extra one.
        var candidate = 0
        return slots.indices.map { slot in
            guard isMatched[slot] else {
                return observedAt < slots[slot].adding(milliseconds: grace) ? .pending : .missed
            }
            while creations[candidate] < windows[slot].lowerBound { candidate += 1 }
            defer { candidate += 1 }
            return .matched(order[candidate])
        }
    }

    /// How many slots were missed since the last one that was not. A pending slot says nothing, and neither ends
    /// the row nor adds to it.
    package static func missedInARow(_ outcomes: [Outcome]) -> Int {
        outcomes.reversed().lazy.filter { $0 != .pending }.prefix { $0 == .missed }.count
    }

    /// When a backup must have been created to match each slot. Both ends ascend, which is what makes greedy
    /// choices the best ones.
    private static func windows(of slots: [Timestamp], grace: Int64) -> [ClosedRange<Timestamp>] {
        let tolerance = tolerance.milliseconds
        let openings = slots.map { $0.adding(milliseconds: -tolerance) }
        let ends = openings.dropFirst().map { $0.adding(milliseconds: -1) } + [Timestamp(milliseconds: .max)]
        return slots.indices.map { slot in
            openings[slot]...max(openings[slot], slots[slot].adding(milliseconds: grace), ends[slot])
        }
    }

    /// Which slots can be matched: decided from the latest on, so that these come first. Each takes the latest
    /// backup that is left in its window, the one that is of the least use to earlier slots.
    ///
    /// - Parameter creations: ascending.
    private static func matchedSlots(_ windows: [ClosedRange<Timestamp>], _ creations: [Timestamp]) -> [Bool] {
        var isMatched = [Bool](repeating: false, count: windows.count)
        var left = creations[...]
        for (slot, window) in windows.enumerated().reversed() {
            while let latest = left.last, latest > window.upperBound { left.removeLast() }
            guard let latest = left.last, latest >= window.lowerBound else { continue }
            left.removeLast()
            isMatched[slot] = true
        }
        return isMatched
    }
}
