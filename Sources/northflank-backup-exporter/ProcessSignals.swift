import CSupport
import Dispatch
import Glibc
import Logging
import ServiceLifecycle
import Synchronization

/// Takes the signals of the process. SIGTERM and SIGINT end it: gracefully while the services run, and at once before,
/// when the process may wait for the disk of the history. What the history has so far stays in its files.
///
/// The service group's own handler ignores a signal while it takes it over, and there is none before: the first process
/// of a container then never gets the signal.
final class ProcessSignals: Service {
    private let isRunning = Atomic(false)
    private let stop = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    private let reload = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// An element for the SIGHUPs since the last one; also for those that came before it is read.
    var reloads: AsyncStream<Void> { reload.stream }

    /// Must be called once in a process.
    init(log: Logger) {
        let pipe = nbe_catch_signals()
        guard pipe >= 0 else { return }
        DispatchQueue(label: "signals").async { [self] in
            var number: UInt8 = 0
            while unsafe read(pipe, &number, 1) == 1 {
                if Int32(number) == SIGHUP {
                    reload.continuation.yield()
                } else if isRunning.load(ordering: .acquiring) {
                    stop.continuation.yield()
                } else {
                    log.info("stopped", metadata: ["during": "start"])
                    _exit(0)
                }
            }
        }
    }

    /// Waits for a signal that ends the process.
    func run() async throws {
        isRunning.store(true, ordering: .releasing)
        for await _ in stop.stream.cancelOnGracefulShutdown() { return }
    }
}
