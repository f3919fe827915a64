import Dispatch
import Synchronization

/// Reads of the history for requests, one after the other, on a thread of their own: a disk that does not answer must not
/// stop the threads that answer all other requests.
final class HistoryReads: Sendable {
    /// The reads that wait or run.
    static let most = 16

    private let queue = DispatchQueue(label: "history reads")
    private let open = Mutex(0)

    /// The number of reads that wait or run.
    var openReads: Int { open.withLock { $0 } }

    /// Nil if too many reads wait already.
    func run<Value: Sendable>(_ read: @escaping @Sendable () -> Value) async -> Value? {
        let hasRoom = open.withLock { open in
            guard open < Self.most else { return false }
            open += 1
            return true
        }
        guard hasRoom else { return nil }
        return await withCheckedContinuation { continuation in
            queue.async {
                let value = read()
                self.open.withLock { $0 -= 1 }
                continuation.resume(returning: value)
            }
        }
    }
}
