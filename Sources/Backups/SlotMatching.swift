/// Decides which slots had a backup.
///
/// A backup can match a slot if it was created within the slot's window: from `tolerance` before the slot to `grace`
/// after it, or to the start of the next slot's window if that is later, because until then the backup can belong to no
/// other slot. The window of the last slot has no end.
///
/// Backups are created in the order of their slots, because they wait in a queue. As many slots as possible get one
/// backup each. If slots compete, the later ones win: a single backup belongs to the latest slot before it.
package enum SlotMatching {
    /// The outcome of a slot.
    package enum Outcome: Equatable, Sendable {
        /// An attempt exists, successful or not: the backup with the creation at this index.
        case matched(Int)
        /// No attempt exists, and the grace is over.
        case missed
        /// No attempt exists yet, and the grace is not over.
        case pending
        /// No attempt is known, but one can have existed and can have been deleted since.
        case unknown
        /// No attempt exists, but one of another type that was due at the same instant.
        case covered
    }

    /// How long before its slot a backup can be created, because the clock that starts backups and the clock that dates
    /// them can differ.
    package static let tolerance = Duration.seconds(60)

    /// - Parameters:
    ///   - slots: ascending. They should reach to `observedAt`; otherwise the last slot can match a later slot's
    ///     backup.
    ///   - creations: of all backups of the slots' type, with any status, ascending.
    ///   - grace: how long after its slot a backup can be created, at least 0.
    ///   - observedAt: the time at which the list was read.
    /// - Returns: the outcome of each slot, in their order.
    package static func match(
        slots: [Timestamp], creations: [Timestamp], grace: Duration, observedAt: Timestamp
    ) -> [Outcome] {
        // Once for all slots: a duration's milliseconds cost a division of 128 bits.
        let grace = grace.milliseconds
        return match(slots: slots, creations: creations, observedAt: observedAt) { _ in grace }
    }

    /// The same with a grace for each slot.
    ///
    /// - Parameter grace: of the slot at an index, in milliseconds.
    static func match(
        slots: [Timestamp], creations: [Timestamp], observedAt: Timestamp, grace: (Int) -> Int64
    ) -> [Outcome] {
        let windows = windows(of: slots, grace: grace)
        let isMatched = matchedSlots(windows, creations)

        // From the earliest slot on, so that a slot gets its punctual backup, and a later backup is the extra one.
        var candidate = 0
        return slots.indices.map { slot in
            guard isMatched[slot] else {
                return observedAt < slots[slot].adding(milliseconds: grace(slot)) ? .pending : .missed
            }
            while creations[candidate] < windows[slot].lowerBound { candidate += 1 }
            defer { candidate += 1 }
            return .matched(candidate)
        }
    }

    /// What slots of one type without an attempt get from another type that is due at the same instant.
    ///
    /// - Parameters:
    ///   - open: the slots without an attempt.
    ///   - due: the slots of the other type, with their outcomes.
    ///   - isKnown: whether it is known of a slot of the other type that it had no attempt.
    /// - Returns: the slots that an attempt of the other type fills, with the index of its creation; and those for which
    ///   such an attempt can have been made and deleted.
    static func covers(
        _ open: Set<Timestamp>, due: [Timestamp], outcomes: [Outcome], isKnown: (Timestamp) -> Bool
    ) -> (filled: [(slot: Timestamp, creation: Int)], unknown: [Timestamp]) {
        var covers: (filled: [(slot: Timestamp, creation: Int)], unknown: [Timestamp]) = ([], [])
        for (slot, outcome) in zip(due, outcomes) where open.contains(slot) {
            if case .matched(let index) = outcome {
                covers.filled.append((slot, index))
            } else if !isKnown(slot) {
                covers.unknown.append(slot)
            }
        }
        return covers
    }

    /// The slots that were missed in a row, up to the newest judged slot: their indices, the newest first. Pending and
    /// unknown slots neither count nor end the row.
    package static func missedInARow(_ outcomes: [Outcome]) -> [Int] {
        outcomes.indices.reversed().filter { outcomes[$0] != .pending && outcomes[$0] != .unknown }
            .prefix { outcomes[$0] == .missed }.map(\.self)
    }

    /// The window of each slot: the creations that match it. Starts and ends ascend, so that greedy choices are
    /// optimal.
    private static func windows(of slots: [Timestamp], grace: (Int) -> Int64) -> [ClosedRange<Timestamp>] {
        let tolerance = tolerance.milliseconds
        var end = Timestamp(milliseconds: .max)
        var latest = end
        return slots.indices.reversed().map { index in
            let slot = slots[index]
            let opening = slot.adding(milliseconds: -tolerance)
            defer { end = opening.adding(milliseconds: -1) }
            // No later than the end of the next window, which can have a shorter grace.
            latest = max(opening, min(latest, slot.adding(milliseconds: grace(index))), end)
            return opening...latest
        }
        .reversed()
    }

    /// Which slots are matched. Decided from the latest slot on, so that later slots win. Each takes the latest
    /// remaining backup in its window, which is the least useful for earlier slots.
    ///
    /// - Parameter creations: ascending.
    private static func matchedSlots(_ windows: [ClosedRange<Timestamp>], _ creations: [Timestamp]) -> [Bool] {
        var isMatched = [Bool](repeating: false, count: windows.count)
        var left = creations.count
        for slot in windows.indices.reversed() {
            while left > 0, creations[left - 1] > windows[slot].upperBound { left -= 1 }
            guard left > 0, creations[left - 1] >= windows[slot].lowerBound else { continue }
            left -= 1
            isMatched[slot] = true
        }
        return isMatched
    }
}
