import CSupport
import Dispatch
import Glibc
import Logging
import ServiceLifecycle
import Synchronization

/// Ends the process at SIGTERM and SIGINT: gracefully while the services run, and at once before, when the process may
/// wait for the disk of the history. What the history has so far stays in its files.
///
/// The service group's own handler ignores a signal while it takes it over, and there is none before: the first process
/// of a container then never gets the signal.
final class StopSignals: Service {
    private let isRunning = Atomic(false)
    private let stop = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// Must be called once in a process.
    init(log: Logger) {
        let pipe = nbe_catch_stop_signals()
        guard pipe >= 0 else { return }
        DispatchQueue(label: "stop-signals").async { [self] in
            var byte: UInt8 = 0
            while unsafe read(pipe, &byte, 1) == 1 {
                if !isRunning.load(ordering: .acquiring) {
                    log.info("stopped", metadata: ["during": "start"])
                    _exit(0)
                }
                stop.continuation.yield()
            }
        }
    }

    /// Waits for a signal.
    func run() async throws {
        isRunning.store(true, ordering: .releasing)
        for await _ in stop.stream.cancelOnGracefulShutdown() { return }
    }
}
