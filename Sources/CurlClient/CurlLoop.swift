import CCurl
import Glibc

/// The body of the thread that owns a multi handle and every easy handle in it.
///
/// A loop is made, used and released inside ``run(mailbox:)`` and is not `Sendable`: the compiler ensures
/// that no other thread touches libcurl's handles, so no lock guards them.
struct CurlLoop {
    /// How long a sleep lasts without a wake-up, in milliseconds. Commands wake the thread, and libcurl and tasks
    /// that sleep shorten the sleep to their own next timeout: the number does not matter.
    private static let idleMilliseconds: Int32 = 3_600_000

    /// How many open connections are kept for later transfers: the most that `poll.concurrency` can be.
    /// libcurl's own limit is four for each transfer that runs at the moment, so that the last transfers
    /// of a burst would close most of the connections that the next burst needs.
    private static let keptConnections = 100

    /// How often commands are taken before transfers go on.
    private static let rounds = 16

    /// Made ready before the thread starts: if the program exited at once, OpenSSL would be closed while the thread still
    /// opens it, which crashes.
    static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    private let multi: UnsafeMutableRawPointer
    private let mailbox: Mailbox
    private var running: [TransferID: Running] = [:]
    private var sleepers = Sleepers()
    private var pools: ConnectionPools

    private struct Running {
        let transfer: Transfer
        let continuation: CheckedContinuation<Result<CurlResponse, CurlError>, Never>
    }

    /// Runs until the mailbox is closed, or until libcurl reports an error of the multi handle.
    static func run(mailbox: Mailbox, pools: ConnectionPools) {
        blockBrokenPipeSignal()
        // The wake-up is tried once, because a handle without one (the process had no file descriptor
        // left) would leave commands unread.
        if isLibraryReady, let multi = curl_multi_init() {
            if curl_multi_wakeup(multi) == CURLM_OK {
                mailbox.attach(multi)
                var loop = CurlLoop(multi: multi, mailbox: mailbox, pools: pools)
                let reason = loop.runTransfers()
                loop.failAll(reason)
            }
            refuse(mailbox.detach())
            curl_multi_cleanup(multi)
        } else {
            refuse(mailbox.detach())
        }
        mailbox.end()
    }

    private init(multi: UnsafeMutableRawPointer, mailbox: Mailbox, pools: ConnectionPools) {
        self.multi = multi
        self.mailbox = mailbox
        self.pools = pools
        ccurl_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, Self.keptConnections)
    }

    /// - Returns: Why the loop ended.
    private mutating func runTransfers() -> CurlError {
        while true {
            guard executeCommands() else { return .closed }
            var stillRunning: Int32 = 0
            let performed = curl_multi_perform(multi, &stillRunning)
            guard performed == CURLM_OK else { return CurlError(multiCode: performed) }
            finishCompleted()
            if sleepers.count > 0 { sleepers.wakeDue(now: Sleepers.now) }
            if mailbox.sleepIfEmpty() {
                let timeout = sleepers.timeout(atMost: Self.idleMilliseconds, now: Sleepers.now)
                let polled = curl_multi_poll(multi, nil, 0, timeout, nil)
                guard polled == CURLM_OK else { return CurlError(multiCode: polled) }
            }
        }
    }

    /// - Returns: False if the client is to close.
    private mutating func executeCommands() -> Bool {
        // Tasks that run here post further commands. Transfers go on after a while, whatever the tasks do.
        for _ in 0..<Self.rounds {
            let (commands, isClosing) = mailbox.take()
            if isClosing {
                Self.refuse(commands)
                return false
            }
            if commands.isEmpty { break }
            for command in commands { execute(command) }
        }
        return true
    }

    private mutating func execute(_ command: Command) {
        switch command {
        case .start(let submission):
            start(submission)
        case .cancel(let id):
            finish(id) { _ in .failure(.cancelled) }
            sleepers.cancel(id)
        case .sleep(let id, let end, let continuation):
            sleepers.add(id, until: end, continuation)
        case .run(let job):
            mailbox.run(job)
        }
    }

    private mutating func start(_ submission: Submission) {
        do throws(CurlError) {
            let request = submission.request
            let endpoint = try request.validatedEndpoint()
            let pool = try pools.pool(for: endpoint.origin, now: Sleepers.now)
            let transfer = try Transfer(id: submission.id, request: request, endpoint: endpoint, pool: pool)
            let code = curl_multi_add_handle(multi, transfer.easy)
            guard code == CURLM_OK else { throw CurlError(multiCode: code) }
            running[submission.id] = Running(transfer: transfer, continuation: submission.continuation)
        } catch {
            submission.continuation.resume(returning: .failure(error))
        }
    }

    private mutating func finishCompleted() {
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(multi, &remaining) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle
            else { continue }
            // The message is freed with the removal of its handle: read it before.
            let code = message.pointee.data.result
            let id = Transfer.id(of: easy)
            if let transfer = running[id]?.transfer, transfer.isUnanswered(code) { pools.leave(transfer.pool) }
            finish(id) { $0.result(code) }
        }
    }

    /// Takes a transfer out of the table and resumes its caller; does nothing if the table lacks it.
    ///
    /// A transfer can be cancelled and completed. The event that comes first takes the transfer out of the
    /// table and resumes the caller; the second finds nothing.
    private mutating func finish(
        _ id: TransferID, result: (Transfer) -> Result<CurlResponse, CurlError>
    ) {
        guard let entry = running.removeValue(forKey: id) else { return }
        curl_multi_remove_handle(multi, entry.transfer.easy)
        entry.continuation.resume(returning: result(entry.transfer))
    }

    private mutating func failAll(_ reason: CurlError) {
        for id in Array(running.keys) {
            finish(id) { _ in .failure(reason) }
        }
        sleepers.cancelAll()
    }

    private static func refuse(_ commands: [Command]) {
        for command in commands {
            switch command {
            case .start(let submission): submission.continuation.resume(returning: .failure(.closed))
            case .cancel: break
            case .sleep(_, _, let continuation): continuation.resume(returning: false)
            case .run(let job): Mailbox.enqueueElsewhere(job)
            }
        }
    }

    /// Blocks SIGPIPE for this thread alone, so that a write to a connection that the peer has closed is an
    /// error. libcurl's own way changes the handling of the signal for the whole process.
    private static func blockBrokenPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
