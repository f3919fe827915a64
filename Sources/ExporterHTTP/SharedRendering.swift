import NIOCore
import Synchronization

/// A page that all clients share, and that is rendered once a second at most, however many ask.
final class SharedRendering: Sendable {
    private struct State {
        var latest: (page: ByteBuffer, at: NIODeadline)?
        var running: Task<ByteBuffer, Never>?
    }

    static let lifetime = TimeAmount.seconds(1)

    private let state = Mutex(State())

    /// The page, which is no older than the lifetime.
    func page(now: NIODeadline, render: @escaping @Sendable () -> ByteBuffer) async -> ByteBuffer {
        let (page, task) = state.withLock { state -> (ByteBuffer?, Task<ByteBuffer, Never>?) in
            if let latest = state.latest, now - latest.at < Self.lifetime { return (latest.page, nil) }
            if let running = state.running { return (nil, running) }
            // Not a child: the client that asked first may leave while others wait.
            let task = Task {
                let page = render()
                self.state.withLock { ($0.latest, $0.running) = ((page, now), nil) }
                return page
            }
            state.running = task
            return (nil, task)
        }
        if let page { return page }
        return await task?.value ?? render()
    }
}
