import Backups
import Northflank
import Synchronization

/// Time that is turned by hand, and that says when it was read: the pulse reads it at each step of the polling, so that a
/// test can wait for steps instead of looking again and again.
final class StepTime: TimeSource {
    private struct State {
        var uptime = 0.0
        var steps = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// Set while a test looks at the exporter, which reads the time too.
    @TaskLocal static var isLooking = false

    private let state = Mutex(State())

    let wall = Timestamp(seconds: 1_800_000_000)

    var uptime: Double {
        let (uptime, waiting) = state.withLock { state in
            if Self.isLooking { return (state.uptime, [CheckedContinuation<Void, Never>]()) }
            state.steps += 1
            defer { state.waiting = [] }
            return (state.uptime, state.waiting)
        }
        for continuation in waiting { continuation.resume() }
        return uptime
    }

    /// Steps so far.
    var steps: Int { state.withLock { $0.steps } }

    func advance(by seconds: Double) { state.withLock { $0.uptime += seconds } }

    /// Waits until there were more than so many steps, and returns how many there were.
    func step(after steps: Int) async -> Int {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.steps <= steps { state.waiting.append(continuation) }
                return state.steps > steps
            }
            if isOver { continuation.resume() }
        }
        return self.steps
    }

    func sleep(until uptime: Double) async throws { try await StillTime().sleep(until: .infinity) }
}
