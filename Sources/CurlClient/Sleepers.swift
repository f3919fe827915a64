import Glibc

/// The tasks that sleep on the loop's thread.
struct Sleepers {
    private struct Sleeper {
        let id: TransferID
        let end: Double
        let continuation: CheckedContinuation<Bool, Never>
    }

    /// The one that wakes first is the last.
    private var sleepers: [Sleeper] = []

    var count: Int { sleepers.count }

    /// Seconds of a clock that never jumps.
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// - Parameter continuation: resumed with whether the sleep ended by itself.
    mutating func add(_ id: TransferID, until end: Double, _ continuation: CheckedContinuation<Bool, Never>) {
        let index = sleepers.lastIndex { $0.end >= end }.map { $0 + 1 } ?? 0
        sleepers.insert(Sleeper(id: id, end: end, continuation: continuation), at: index)
    }

    /// Does nothing if the task does not sleep.
    mutating func cancel(_ id: TransferID) {
        guard let index = sleepers.firstIndex(where: { $0.id == id }) else { return }
        sleepers.remove(at: index).continuation.resume(returning: false)
    }

    mutating func cancelAll() {
        for sleeper in sleepers { sleeper.continuation.resume(returning: false) }
        sleepers = []
    }

    mutating func wakeDue(now: Double) {
        while let end = sleepers.last?.end, end <= now {
            sleepers.removeLast().continuation.resume(returning: true)
        }
    }

    /// Milliseconds until a task wakes, so that none wakes early.
    func timeout(atMost longest: Int32, now: Double) -> Int32 {
        guard let end = sleepers.last?.end else { return longest }
        return Int32(min(max(0, ((end - now) * 1000).rounded(.up)), Double(longest)))
    }
}

extension CurlClient {
    /// Sleeps on the client's thread, where a sleep costs nothing but a place in a list. A sleep lasts up to a
    /// millisecond longer than asked for, and longer while a task keeps the thread.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first, or if the client is shut down.
    package func sleep(for seconds: Double) async throws {
        try Task.checkCancellation()
        let end = Sleepers.now + seconds
        let hasSlept = await answer(ofClosed: false) { id, continuation in .sleep(id, until: end, continuation) }
        if !hasSlept { throw CancellationError() }
    }
}
