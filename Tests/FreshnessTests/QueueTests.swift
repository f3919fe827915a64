import Backups
import Testing

@testable import Freshness

@Suite struct QueueTests {
    private static func wait(_ reason: PollReason, _ since: Double) -> PollQueues.Wait {
        .init(reason: reason, since: since)
    }

    private static func due(_ waits: [PollQueues.Wait]) -> (reason: PollReason?, since: Double?) {
        var queues = PollQueues()
        for wait in waits { queues.makeDue(1, wait) }
        let taken = queues.takeUrgent(mayTakeDue: true)
        return (taken?.wait?.reason, taken?.wait?.since)
    }

    @Test("an addon that is due for several reasons has the best of them, and the earliest time")
    func merged() {
        let order: [PollReason] = [.webhook, .sentinel, .slot]
        for (index, better) in order.enumerated() {
            for worse in order[index...] {
                #expect(Self.due([Self.wait(better, 5), Self.wait(worse, 9)]) == (better, 5))
                #expect(Self.due([Self.wait(worse, 5), Self.wait(better, 9)]) == (better, 5))
                #expect(Self.due([Self.wait(worse, 9), Self.wait(better, 5)]) == (better, 5))
                #expect(Self.due([Self.wait(better, 9), Self.wait(worse, 5)]) == (better, 5))
            }
        }
    }

    @Test("an addon that is due is neither optional nor tried again; one that was never polled is not due")
    func exclusive() {
        var queues = PollQueues()
        queues.retry(1, Self.wait(.slot, 3), at: 50)
        queues.addOptional(2, Self.wait(.sentinel, 4))
        queues.addNeverPolled(3)
        for id in 1...3 { queues.makeDue(id, Self.wait(.webhook, 10 - Double(id))) }
        #expect(queues.takeRetry(now: 100) == nil)
        #expect(queues.takeOptional() == nil)
        #expect(queues.dueCount(.webhook) == 2 && queues.dueCount(.slot) == 0)
        queues.expectEnd(1, at: 20)
        #expect(queues.takeExpectedEnd(now: 100) == nil)
        #expect(queues.nextTime == nil)
        let order = (1...4).map { _ in queues.takeUrgent(mayTakeDue: true)?.id }
        #expect(order == [3, 2, 1, nil])
        #expect(queues.reason(1) == nil)
    }

    @Test("an addon with a time is taken when the time has come, the earliest first")
    func times() {
        var queues = PollQueues()
        queues.expectEnd(1, at: 30)
        queues.expectEnd(2, at: 20)
        queues.retry(3, Self.wait(.new, 0), at: 10)
        #expect(queues.nextTime == 10)
        #expect(queues.takeRetry(now: 9.9) == nil)
        #expect(queues.takeRetry(now: 10)?.id == 3)
        #expect(queues.nextTime == 20)
        #expect(queues.takeExpectedEnd(now: 19.9) == nil)
        #expect(queues.takeExpectedEnd(now: 20)?.id == 2)
        queues.expectEnd(1, at: nil)
        #expect(queues.nextTime == nil)
        queues.retry(3, Self.wait(.slot, 0), at: 10)
        queues.expectEnd(3, at: 5)
        #expect(queues.nextTime == 10)
    }

    @Test("the better reason is the one for which a poll in flight is repeated")
    func repetition() {
        let key = Plans.key("a")
        var flights = Flights()
        flights.begin(key, Flight(reason: .sweep, depth: .newest, since: 1, started: 1))
        let changes = [PollReason.sentinel, .sentinel, .webhook, .sentinel, .webhook]
            .map { flights.repeatAfterwards(key, $0) }
        #expect(changes == [true, false, true, false, false])
        #expect(flights.count == 1 && flights.contains(key))
        #expect(flights.end(key)?.repetition == .webhook)
        #expect(flights.end(key) == nil && !flights.contains(key))
    }
}
