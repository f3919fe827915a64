import Glibc
import NIOConcurrencyHelpers

/// A thread whose end can be waited for.
///
/// To know that the body has returned is not enough: the thread then frees what OpenSSL keeps for it,
/// and that must not happen while `exit` tears OpenSSL down.
///
/// `@unchecked Sendable`: the variable is used under `lock` alone.
final class JoinableThread: @unchecked Sendable {
    private let lock = NIOLock()
    /// Nil once it has been joined.
    private var handle: pthread_t?

    /// - Returns: Nil if the system has no thread left to give.
    init?(_ body: @escaping @Sendable () -> Void) {
        let context = Unmanaged.passRetained(Body(run: body))
        var handle = pthread_t()
        let code = pthread_create(
            &handle, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            return nil
        }
        self.handle = handle
    }

    deinit {
        // The thread ends by itself, some time.
        if let handle { pthread_detach(handle) }
    }

    /// Blocks until the thread is gone; for a thread that is about to end.
    func join() {
        lock.withLock {
            if let handle { pthread_join(handle, nil) }
            handle = nil
        }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }
}
