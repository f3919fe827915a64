import CCurl
import NIOConcurrencyHelpers

/// Names a transfer; later ones have greater numbers. Pointers to libcurl's handles stay on the loop's
/// thread, a number may go anywhere.
typealias TransferID = UInt

/// A request and the caller that waits for its result. Whoever takes it out of the mailbox, the queue
/// or the table of running transfers resumes the caller, and resumes it once.
struct Submission: Sendable {
    let id: TransferID
    let request: CurlRequest
    let continuation: CheckedContinuation<Result<CurlResponse, CurlError>, Never>
}

/// What other threads ask of the loop.
enum Command: Sendable {
    case start(Submission)
    /// Means nothing if the transfer is over, or not known.
    case cancel(TransferID)
    case limit(Int)
}

/// The only thing that the loop's thread shares with others: commands go in, and the thread is woken.
///
/// `@unchecked Sendable`: every stored variable is used under `lock` alone. Of libcurl it calls
/// `curl_multi_wakeup`, which is made to be called from any thread. The lock is a `NIOLock` because the
/// thread sanitizer does not see through `Synchronization.Mutex` on a thread that is not a task's.
final class Mailbox: @unchecked Sendable {
    private enum Phase {
        case open
        case closing
        case ended
    }

    private let lock = NIOLock()
    private var phase = Phase.open
    private var commands: [Command] = []
    private var lastID: TransferID = 0
    private var multi: UnsafeMutableRawPointer?
    private var isLoopAsleep = false
    private var endWaiters: [CheckedContinuation<Void, Never>] = []

    // MARK: Any thread

    func makeTransferID() -> TransferID {
        lock.withLock {
            lastID += 1
            return lastID
        }
    }

    /// - Returns: False if the loop is closing or gone, so that nobody will read the command.
    @discardableResult
    func post(_ command: Command) -> Bool {
        lock.withLock {
            guard phase == .open else { return false }
            commands.append(command)
            wakeLoop()
            return true
        }
    }

    func close() {
        lock.withLock {
            guard phase == .open else { return }
            phase = .closing
            wakeLoop()
        }
    }

    func waitUntilEnded() async {
        await withCheckedContinuation { continuation in
            let hasEnded = lock.withLock {
                if phase != .ended { endWaiters.append(continuation) }
                return phase == .ended
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// Under the lock, because the loop may free the handle as soon as it has had the lock for itself.
    private func wakeLoop() {
        guard isLoopAsleep, let multi else { return }
        isLoopAsleep = false
        curl_multi_wakeup(multi)
    }

    // MARK: The loop's thread

    /// Lets others wake the loop. Without effect on commands that came earlier: the loop takes them
    /// before it sleeps for the first time.
    func attach(_ multi: UnsafeMutableRawPointer) {
        lock.withLock { self.multi = multi }
    }

    /// Takes what has been posted, and whether the client is to be closed.
    func take() -> (commands: [Command], isClosing: Bool) {
        lock.withLock {
            isLoopAsleep = false
            defer { commands = [] }
            return (commands, phase != .open)
        }
    }

    /// Asks for leave to sleep. A command that comes after a yes wakes the loop, even if it comes before
    /// `curl_multi_poll` is called: libcurl keeps the wake-up until then. One that came earlier means no.
    func sleepIfEmpty() -> Bool {
        lock.withLock {
            isLoopAsleep = commands.isEmpty && phase == .open
            return isLoopAsleep
        }
    }

    /// After this, nothing is posted any more and nobody uses the multi handle.
    ///
    /// - Returns: The commands that the loop had not taken yet.
    func detach() -> [Command] {
        lock.withLock {
            if phase == .open { phase = .closing }
            multi = nil
            defer { commands = [] }
            return commands
        }
    }

    /// The last act of the loop's thread; from now on every ``post(_:)`` is refused.
    func end() {
        let waiters = lock.withLock {
            phase = .ended
            defer { endWaiters = [] }
            return endWaiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
