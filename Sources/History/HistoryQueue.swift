import Dispatch

/// Runs the store's work on a thread of its own, so that a slow disk does not block one of the few threads that all
/// tasks share.
final class HistoryQueue: SerialExecutor {
    private let queue = DispatchQueue(label: "history")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { unsafe UnownedSerialExecutor(ordinary: self) }
}
