import SplitMix64
import Testing

@testable import Backups

@Suite struct SlotMatchingPropertyTests {
    /// Backups anywhere, and graces both shorter and longer than the distance of slots.
    private static func anything(_ random: inout SplitMix64, slots: Int, backups: Int) -> SlotHistory {
        var history = SlotHistory(
            slots: .random(in: 0...slots, using: &random), distance: 30...3600,
            grace: .random(in: 0...5000, using: &random), using: &random)
        let range = -200...(history.slots.last ?? 0) + 5000
        history.created = (0..<Int.random(in: 0...backups, using: &random)).map { _ in
            guard let slot = history.slots.randomElement(using: &random), Bool.random(using: &random) else {
                return .random(in: range, using: &random)
            }
            return slot + .random(in: -70...70, using: &random)
        }
        history.observed = .random(in: range, using: &random)
        return history
    }

    @Test("R20, R21: of all assignments, the result covers the most of the latest slots, by the earliest backups")
    func oracle() throws {
        for seed in 0..<1000 {
            var random = SplitMix64(seed)
            let history = Self.anything(&random, slots: 4, backups: 5)
            let order = history.created.indices.sorted {
                (history.created[$0], $0) < (history.created[$1], $1)
            }
            let best = try #require(
                history.assignments(order[...]).max { lhs, rhs in
                    let (left, right) = (lhs.map { $0 == nil ? 0 : 1 }, rhs.map { $0 == nil ? 0 : 1 })
                    if left != right { return left.reversed().lexicographicallyPrecedes(right.reversed()) }
                    let ranks = [lhs, rhs].map { $0.compactMap { index in order.firstIndex { $0 == index } } }
                    return ranks[1].lexicographicallyPrecedes(ranks[0])
                })
            #expect(history.matched() == best, "\(history)")
        }
    }

    @Test("R21: no backup has two slots nor a slot two backups, their order is kept, and all of them are allowed")
    func consistent() {
        for seed in 0..<1000 {
            var random = SplitMix64(seed)
            let history = Self.anything(&random, slots: 30, backups: 40)
            let matched = history.matched()
            #expect(matched.count == history.slots.count)
            let used = matched.compactMap(\.self)
            #expect(Set(used).count == used.count)
            #expect(zip(used, used.dropFirst()).allSatisfy { history.created[$0] <= history.created[$1] })
            for (slot, (index, outcome)) in zip(matched, history.outcomes()).enumerated() {
                if let index {
                    #expect(history.created[index] >= history.slots[slot] - SlotHistory.tolerance)
                    #expect(history.mayMatch(history.created[index], slot))
                } else {
                    let isOpen = history.observed < history.slots[slot] + history.grace
                    #expect(outcome == (isOpen ? .pending : .missed))
                }
            }
            // Whatever has a slot to itself fills it.
            for creation in history.created {
                guard let own = history.slots.indices.last(where: { history.mayMatch(creation, $0) }) else { continue }
                #expect(matched[own] != nil)
            }
        }
    }

    @Test("the order of the list does not matter")
    func permuted() {
        for seed in 0..<1000 {
            var random = SplitMix64(seed)
            let history = Self.anything(&random, slots: 12, backups: 16)
            let shuffled = history.backups.shuffled(using: &random)
            #expect(history.matched(shuffled) == history.matched(), "\(history)")
        }
    }

    @Test("a manual backup at any time takes no slot away from another backup")
    func monotone() {
        for seed in 0..<2000 {
            var random = SplitMix64(seed)
            var history = Self.anything(&random, slots: 8, backups: 10)
            let before = history.matched()
            history.created.append(.random(in: -200...(history.slots.last ?? 0) + 5000, using: &random))
            for (before, after) in zip(before, history.matched()) where before != nil {
                #expect(after != nil, "\(history)")
            }
        }
    }

    @Test("punctual backups match their own slots, with any manual backups after them")
    func punctual() {
        for seed in 0..<1000 {
            var random = SplitMix64(seed)
            var history = SlotHistory(
                slots: 20, distance: 300...3600, grace: .random(in: 0...9000, using: &random), using: &random)
            history.created = history.slots.indices.map { .random(in: history.own($0, limit: 30), using: &random) }
            let expected = Array(history.slots.indices)
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                let slot = history.slots.indices.randomElement(using: &random)!
                let own = history.own(slot)
                history.created.append(
                    .random(in: history.created[slot] + 1...own.upperBound, using: &random))
            }
            #expect(history.matched() == expected, "\(history)")
        }
    }

    @Test("misses are exactly where the backups of a slot were taken away")
    func removed() {
        for seed in 0..<1000 {
            var random = SplitMix64(seed)
            // Late ones and extra ones, with a grace that ends before the next slot; or punctual ones with any.
            let isLate = Bool.random(using: &random)
            let grace = isLate ? 300 - SlotHistory.tolerance - 1 : Int.random(in: 0...9000, using: &random)
            var history = SlotHistory(slots: 20, distance: 300...3600, grace: grace, using: &random)
            var missing: Set<Int> = []
            for slot in history.slots.indices {
                guard Int.random(in: 0..<4, using: &random) > 0 else {
                    missing.insert(slot)
                    continue
                }
                for _ in 0...(isLate ? Int.random(in: 0...2, using: &random) : 0) {
                    history.created.append(.random(in: history.own(slot, limit: isLate ? 86_400 : 30), using: &random))
                }
            }
            let missed = zip(history.slots.indices, history.outcomes()).filter { $0.1 == .missed }.map(\.0)
            #expect(Set(missed) == missing, "\(history)")
        }
    }

    @Test("a queue never makes a slot look missed, as long as nothing waits longer than the grace")
    func queued() {
        for seed in 0..<1000 {
            var random = SplitMix64(seed)
            var history = SlotHistory(
                slots: 20, distance: 300...3600, grace: .random(in: 0...9000, using: &random), using: &random)
            var last = 0
            history.created = history.slots.map { slot in
                last = max(last, slot + .random(in: 0...history.grace, using: &random))
                last = min(last, slot + history.grace)
                return last
            }
            #expect(history.matched() == Array(history.slots.indices), "\(history)")
        }
    }
}
