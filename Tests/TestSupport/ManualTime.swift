package import Backups
import Northflank
import Synchronization

/// Time that stands still until a test turns it.
package final class ManualTime: TimeSource {
    package enum Mode: Sendable {
        /// Sleepers wait until `advance(by:)` has passed the end of their sleep.
        case byHand
        /// A sleep turns the clock to its own end and returns at once, as if the wait were over.
        case jumping
    }

    private struct State {
        var uptime: Double
        var wall: Timestamp
        var sleeps: [Double] = []
        var sleepers: [Int: Sleeper] = [:]
        var watchers: [(sleepers: Int, continuation: CheckedContinuation<Void, Never>)] = []
        var nextID = 0

        /// Turns the clock forward, and returns those who have slept long enough.
        mutating func turn(to end: Double) -> [Sleeper] {
            guard end > uptime else { return [] }
            wall = Timestamp(milliseconds: wall.milliseconds + Int64(((end - uptime) * 1000).rounded()))
            uptime = end
            let awake = sleepers.filter { $0.value.end <= end }
            for id in awake.keys { sleepers[id] = nil }
            return awake.sorted { ($0.value.end, $0.key) < ($1.value.end, $1.key) }.map(\.value)
        }
    }

    private struct Sleeper {
        let end: Double
        let continuation: CheckedContinuation<Void, any Error>
    }

    private let mode: Mode
    private let state: Mutex<State>

    /// - Parameters:
    ///   - uptime: seconds; not 0, so that nobody takes it for the epoch.
    ///   - wall: 2026-01-01T00:00:00Z unless told.
    package init(
        _ mode: Mode = .byHand, uptime: Double = 1000,
        wall: Timestamp = Timestamp(milliseconds: 1_767_225_600_000)
    ) {
        self.mode = mode
        state = Mutex(State(uptime: uptime, wall: wall))
    }

    package var uptime: Double { state.withLock { $0.uptime } }
    package var wall: Timestamp { state.withLock { $0.wall } }

    /// The seconds that each sleep so far was to last, in the order in which they began.
    package var sleeps: [Double] { state.withLock { $0.sleeps } }

    /// Sets the machine's time of day, as an administrator would; uptime goes on.
    package func setWall(_ wall: Timestamp) { state.withLock { $0.wall = wall } }

    /// Turns both clocks, and wakes those who have slept long enough, in the order of their ends.
    package func advance(by seconds: Double) {
        for sleeper in state.withLock({ $0.turn(to: $0.uptime + seconds) }) { sleeper.continuation.resume() }
    }

    /// Returns once at least so many tasks are asleep.
    package func waitForSleepers(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    package func sleep(until end: Double) async throws {
        if mode == .jumping { return try jump(to: end) }
        let id = state.withLock { state in
            state.nextID += 1
            state.sleeps.append(end - state.uptime)
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                fallAsleep(id, Sleeper(end: end, continuation: continuation))
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: id) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    private func fallAsleep(_ id: Int, _ sleeper: Sleeper) {
        // Under the lock, so that a cancellation either is seen here or finds the sleeper.
        let (result, watchers) = state.withLock {
            state -> (Result<Void, any Error>?, [CheckedContinuation<Void, Never>]) in
            if Task.isCancelled { return (.failure(CancellationError()), []) }
            if sleeper.end <= state.uptime { return (.success(()), []) }
            state.sleepers[id] = sleeper
            let count = state.sleepers.count
            let seen = state.watchers.filter { $0.sleepers <= count }.map(\.continuation)
            state.watchers.removeAll { $0.sleepers <= count }
            return (nil, seen)
        }
        if let result { sleeper.continuation.resume(with: result) }
        for watcher in watchers { watcher.resume() }
    }

    private func jump(to end: Double) throws {
        try Task.checkCancellation()
        let awake = state.withLock { state in
            state.sleeps.append(end - state.uptime)
            return state.turn(to: end)
        }
        for sleeper in awake { sleeper.continuation.resume() }
    }
}
