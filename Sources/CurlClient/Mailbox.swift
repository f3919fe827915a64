import CCurl
import NIOConcurrencyHelpers

/// The number of a transfer or of a sleep within its client. Pointers to libcurl's handles stay on the loop's thread; a
/// number can go to any thread.
typealias TransferID = UInt

/// A request and the caller that waits for its result. The code that takes a submission out of the mailbox,
/// or out of the table of running transfers, resumes the caller exactly once.
struct Submission: Sendable {
    let id: TransferID
    let request: CurlRequest
    let continuation: CheckedContinuation<Result<CurlResponse, CurlError>, Never>
}

/// A request from another thread to the loop.
enum Command: Sendable {
    case start(Submission)
    case sleep(TransferID, until: Double, CheckedContinuation<Bool, Never>)
    /// Without effect if the transfer or the sleep is over, or not known.
    case cancel(TransferID)
    /// A step of a task that runs on the loop's thread.
    case run(UnownedJob)
}

/// The only object that the loop's thread shares with other threads: they post commands, and the mailbox
/// wakes the loop.
///
/// `@unchecked Sendable`: every stored variable is used under `lock` alone. The only function of libcurl
/// that the mailbox calls is `curl_multi_wakeup`, which any thread may call. The lock is a `NIOLock`
/// because the thread sanitizer reports false races for `Synchronization.Mutex` on a thread that does not
/// belong to Swift's tasks.
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

    /// - Returns: False if the loop is closing or gone and will not read the command.
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

    /// Called under the lock: after ``detach()`` the loop frees the handle.
    private func wakeLoop() {
        guard isLoopAsleep, let multi else { return }
        curl_multi_wakeup(multi)
    }

    // MARK: The loop's thread

    /// Takes a step of a task; called on that thread.
    func run(_ job: UnownedJob) { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }

    /// Lets other threads wake the loop. Earlier commands need no wake-up: the loop takes them before its
    /// first sleep.
    func attach(_ multi: UnsafeMutableRawPointer) {
        lock.withLock { self.multi = multi }
    }

    /// Takes the commands that were posted since the last call, and whether the client is to close.
    func take() -> (commands: [Command], isClosing: Bool) {
        lock.withLock {
            isLoopAsleep = false
            defer { commands = [] }
            return (commands, phase != .open)
        }
    }

    /// Marks the loop as asleep, unless a command waits or the client is to close.
    ///
    /// A command that is posted after the mark wakes the loop, even before the call of `curl_multi_poll`:
    /// libcurl keeps the wake-up until then.
    ///
    /// - Returns: True if the loop must sleep now.
    func sleepIfEmpty() -> Bool {
        lock.withLock {
            isLoopAsleep = commands.isEmpty && phase == .open
            return isLoopAsleep
        }
    }

    /// Refuses later commands and forgets the multi handle, so that the loop can free it.
    ///
    /// - Returns: The commands that the loop has not taken.
    func detach() -> [Command] {
        lock.withLock {
            if phase == .open { phase = .closing }
            multi = nil
            defer { commands = [] }
            return commands
        }
    }

    /// Resumes the callers of ``waitUntilEnded()``; the last call that the loop's thread makes.
    func end() {
        let waiters = lock.withLock {
            phase = .ended
            return endWaiters
        }
        for waiter in waiters { waiter.resume() }
    }
}

extension Mailbox: TaskExecutor {
    /// Once the thread does not take them any more, tasks run where they would without a preference.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if !post(.run(job)) { Self.enqueueElsewhere(job) }
    }

    static func enqueueElsewhere(_ job: UnownedJob) { globalConcurrentExecutor.enqueue(job) }
}
