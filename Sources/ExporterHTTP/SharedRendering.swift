import NIOCore
import Synchronization

/// A value that all clients share, such as a page, and that is made once a second at most, however many ask.
final class SharedRendering<Value: Sendable>: Sendable {
    private struct State {
        var latest: (value: Value, at: NIODeadline)?
        var running: Task<Value, Never>?
    }

    private let lifetime = TimeAmount.seconds(1)

    private let state = Mutex(State())

    /// The value, which is no older than the lifetime.
    func value(now: NIODeadline, make: @escaping @Sendable () async -> Value) async -> Value {
        let (value, task) = state.withLock { state -> (Value?, Task<Value, Never>?) in
            if let latest = state.latest, now - latest.at < lifetime { return (latest.value, nil) }
            if let running = state.running { return (nil, running) }
            // Not a child: the client that asked first may leave while others wait.
            let task = Task {
                let value = await make()
                self.state.withLock { ($0.latest, $0.running) = ((value, now), nil) }
                return value
            }
            state.running = task
            return (nil, task)
        }
        if let value { return value }
        guard let task else { return await make() }
        return await task.value
    }
}
