import Glibc
import NIOConcurrencyHelpers

/// A thread that can be joined.
///
/// A thread frees OpenSSL's data of the thread after its body returns. This must not happen while `exit`
/// frees OpenSSL itself, so the end of the body is not enough.
///
/// `@unchecked Sendable`: the variable is used under `lock` alone.
final class JoinableThread: @unchecked Sendable {
    private let lock = NIOLock()
    /// Nil after the thread was joined.
    private var handle: pthread_t?

    /// Starts a thread that runs `body`.
    ///
    /// - Returns: Nil if the system refuses another thread.
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
        // The system frees the thread when its body returns.
        if let handle { pthread_detach(handle) }
    }

    /// Blocks until the thread is gone; for a thread whose body has returned or is about to.
    func join() {
        lock.withLock {
            guard let handle else { return }
            let code = pthread_join(handle, nil)
            precondition(code == 0, "a thread was joined twice, or by itself")
            self.handle = nil
        }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }
}
