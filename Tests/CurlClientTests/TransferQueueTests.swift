import Testing

@testable import CurlClient

struct TransferQueueTests {
    private static func makeQueue(limit: Int, _ elements: [String]) -> TransferQueue<String> {
        var queue = TransferQueue<String>(limit: limit)
        for (index, element) in elements.enumerated() { queue.append(element, id: TransferID(index)) }
        return queue
    }

    @Test func firstComeFirstServedUpToTheLimit() {
        var queue = Self.makeQueue(limit: 2, ["a", "b", "c", "d"])
        #expect([queue.next(), queue.next(), queue.next()] == ["a", "b", nil])
        queue.finishOne()
        #expect([queue.next(), queue.next()] == ["c", nil])
        #expect(queue.runningCount == 2)
        queue.finishOne()
        queue.finishOne()
        #expect([queue.next(), queue.next()] == ["d", nil])
        #expect(queue.runningCount == 1)
    }

    @Test func whatIsRemovedLosesItsTurn() {
        var queue = Self.makeQueue(limit: 1, ["a", "b", "c"])
        #expect(queue.next() == "a")
        #expect(queue.remove(0) == nil)
        #expect(queue.remove(1) == "b")
        #expect(queue.remove(1) == nil)
        queue.finishOne()
        #expect(queue.next() == "c")
    }

    @Test func isUsableAfterItWasEmpty() {
        var queue = Self.makeQueue(limit: 9, ["a"])
        #expect([queue.next(), queue.next()] == ["a", nil])
        queue.append("b", id: 7)
        #expect([queue.next(), queue.next()] == ["b", nil])
    }

    @Test(arguments: [(0, 1), (-5, 1), (1, 1), (3, 3)])
    func limitIsAtLeastOne(limit: Int, effective: Int) {
        var queue = Self.makeQueue(limit: limit, [])
        #expect(queue.limit == effective)
        queue.setLimit(9)
        queue.setLimit(limit)
        #expect(queue.limit == effective)
    }

    @Test func aLowerLimitWaitsForTheRunning() {
        var queue = Self.makeQueue(limit: 3, ["a", "b", "c", "d"])
        _ = (queue.next(), queue.next(), queue.next())
        queue.setLimit(1)
        queue.finishOne()
        queue.finishOne()
        #expect(queue.next() == nil)
        queue.finishOne()
        #expect(queue.next() == "d")
    }

    @Test func removesAllInOrder() {
        var queue = Self.makeQueue(limit: 1, ["a", "b", "c", "d"])
        #expect(queue.next() == "a")
        #expect(queue.remove(2) == "c")
        #expect(queue.removeAll() == ["b", "d"])
        queue.finishOne()
        #expect(queue.next() == nil)
    }
}
