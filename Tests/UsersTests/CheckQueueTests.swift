import Testing

@testable import Users

@Suite struct CheckQueueTests {
    private typealias Queue = CheckQueue<Int>

    private func check(_ number: Int) -> Queue.Check {
        Queue.Check(tag: [UInt8(number >> 8), UInt8(number & 0xFF)], password: "", hash: "", isUser: true)
    }

    @Test("two run at once, and the next begins when one is done")
    func running() {
        var queue = Queue()
        for number in 0..<3 { #expect(queue.ask(check(number), number) == nil) }
        #expect(queue.next()?.tag == [0, 0])
        #expect(queue.next()?.tag == [0, 1])
        #expect(queue.next() == nil)
        #expect(queue.finish(check(1), isRight: true) == [1])
        #expect(queue.next()?.tag == [0, 2])
        #expect(queue.next() == nil)
    }

    @Test("what was computed is known, right or wrong")
    func known() {
        var queue = Queue()
        for number in 0..<2 {
            _ = queue.ask(check(number), number)
            _ = queue.next()
            _ = queue.finish(check(number), isRight: number == 0)
        }
        #expect(queue.ask(check(0), 5) == .allowed)
        #expect(queue.ask(check(1), 6) == .denied)
        #expect(queue.next() == nil)
    }

    @Test("the same password is computed once for all that wait for it")
    func shared() {
        var queue = Queue()
        _ = queue.ask(check(0), 1)
        #expect(queue.next() != nil)
        #expect(queue.ask(check(0), 2) == nil)
        #expect(queue.next() == nil)
        #expect(queue.finish(check(0), isRight: false) == [1, 2])
    }

    @Test("64 wait, and others are refused; those with a password that waits are not")
    func full() {
        var queue = Queue()
        for number in 0..<64 { #expect(queue.ask(check(number), number) == nil) }
        #expect(queue.ask(check(64), 64) == .busy)
        #expect(queue.ask(check(63), 65) == nil)
        _ = queue.next()
        #expect(queue.ask(check(64), 66) == nil)
    }

    @Test("guesses displace each other, and not the passwords of users")
    func guesses() {
        var queue = Queue()
        for number in 0...1001 {
            _ = queue.ask(check(number), number)
            _ = queue.next()
            _ = queue.finish(check(number), isRight: number == 0)
        }
        #expect(queue.ask(check(0), 0) == .allowed)
        #expect(queue.ask(check(2), 0) == .denied)
        #expect(queue.ask(check(1001), 0) == .denied)
        // The oldest of 1001 wrong ones.
        #expect(queue.ask(check(1), 0) == nil)
    }

    @Test("a set forgets its oldest element, again and again")
    func recent() {
        var set = RecentSet<Int>(capacity: 3)
        for number in [1, 2, 3, 3, 2, 1] { set.insert(number) }
        #expect([1, 2, 3].allSatisfy(set.contains))
        for number in 4...100 {
            set.insert(number)
            #expect(set.count == 3)
            #expect(!set.contains(number - 3))
            #expect(set.contains(number - 2) && set.contains(number))
        }
    }
}
