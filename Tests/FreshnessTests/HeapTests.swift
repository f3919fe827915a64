import SplitMix64
import Testing

@testable import Freshness

@Suite struct HeapTests {
    @Test("the lowest comes first, equals by their number, and each can be moved and taken out")
    func order() {
        var heap = IndexedHeap()
        for (id, priority) in [(3, 2.0), (1, 5), (2, 2), (7, 1), (4, 9)] { heap.set(id, priority) }
        heap.set(4, 0)
        heap.set(7, 6)
        heap.remove(1)
        heap.remove(100)
        #expect(heap.count == 4)
        var order: [Int] = []
        while let id = heap.popFirst() { order.append(id) }
        #expect(order == [4, 2, 3, 7])
        #expect(heap.isEmpty && heap.first == nil && !heap.contains(4))
    }

    @Test("after any operations the heap agrees with sorting")
    func model() {
        var heap = IndexedHeap()
        var model: [Int: Double] = [:]
        var random = SplitMix64(7)
        for _ in 0..<5000 {
            let (id, priority) = (random.below(60), Double(random.below(1000)))
            if random.below(4) == 0 {
                heap.remove(id)
                model[id] = nil
            } else {
                heap.set(id, priority)
                model[id] = priority
            }
            let least = model.min { ($0.value, $0.key) < ($1.value, $1.key) }
            #expect(heap.first?.id == least?.key && heap.first?.priority == least?.value)
            #expect(heap.count == model.count && heap.contains(id) == (model[id] != nil))
        }
    }

    @Test("a spread takes the last twenty valid durations")
    func spread() {
        #expect(Spread((1...30).map { Double($0) }).sorted == (1...20).map { Double($0) })
        #expect(Spread([.nan, -1, .infinity, 5]).sorted == [5])
        #expect(Spread([Double]()) == .unknown)
        let ten = Spread((1...10).map { Double($0) * 10 })
        #expect([0.01, 0.5, 0.51, 1].map(ten.quantile) == [10, 50, 60, 100])
        #expect([9.9, 10, 55, 1000].map(ten.share) == [0, 0.1, 0.5, 1])
        #expect(ten.longest == 100)
    }

    @Test("an outlook is sorted, and ignores invalid times")
    func outlook() {
        let some = Outlook(expected: [5, .nan, 3, .infinity].map { .init(from: $0, lag: .unknown) })
        #expect(some.expected.map(\.from) == [3, 5])
    }
}
