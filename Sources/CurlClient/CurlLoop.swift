import CCurl
import Glibc

/// The body of the thread that owns a multi handle and every easy handle in it.
///
/// It is made, used and let go inside ``run(mailbox:maxConcurrentTransfers:)`` and is not `Sendable`:
/// the compiler sees to it that no other thread touches libcurl's handles, and no lock guards them.
struct CurlLoop {
    /// How long a sleep lasts when nothing happens, in milliseconds. Commands wake the thread, and
    /// libcurl keeps count of its own timeouts: the number does not matter.
    private static let idleMilliseconds: Int32 = 3_600_000

    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    private let multi: UnsafeMutableRawPointer
    private let mailbox: Mailbox
    private var queue: TransferQueue<Submission>
    private var running: [TransferID: Running] = [:]

    private struct Running {
        let transfer: Transfer
        let continuation: CheckedContinuation<Result<CurlResponse, CurlError>, Never>
    }

    /// Runs until the mailbox is closed, or until libcurl cannot go on.
    static func run(mailbox: Mailbox, maxConcurrentTransfers: Int) {
        blockBrokenPipeSignal()
        // The wake-up is tried because a handle without one (no file descriptor was to be had) would
        // leave commands unread.
        if isLibraryReady, let multi = curl_multi_init() {
            if curl_multi_wakeup(multi) == CURLM_OK {
                mailbox.attach(multi)
                var loop = CurlLoop(multi: multi, mailbox: mailbox, limit: maxConcurrentTransfers)
                let reason = loop.turn()
                loop.failAll(reason)
            }
            failStarts(in: mailbox.detach())
            curl_multi_cleanup(multi)
        } else {
            failStarts(in: mailbox.detach())
        }
        mailbox.end()
    }

    private init(multi: UnsafeMutableRawPointer, mailbox: Mailbox, limit: Int) {
        self.multi = multi
        self.mailbox = mailbox
        queue = TransferQueue(limit: limit)
        setConnectionCacheSize()
    }

    /// - Returns: Why there is no next round.
    private mutating func turn() -> CurlError {
        while true {
            let (commands, isClosing) = mailbox.take()
            for command in commands { obey(command) }
            if isClosing { return .closed }
            startWaiting()
            var stillRunning: Int32 = 0
            let performed = curl_multi_perform(multi, &stillRunning)
            guard performed == CURLM_OK else { return CurlError(multiCode: performed) }
            finishCompleted()
            // A transfer that took the place of a completed one has work to do now.
            if startWaiting() > 0 { continue }
            if mailbox.sleepIfEmpty() {
                let polled = curl_multi_poll(multi, nil, 0, Self.idleMilliseconds, nil)
                guard polled == CURLM_OK else { return CurlError(multiCode: polled) }
            }
        }
    }

    private mutating func obey(_ command: Command) {
        switch command {
        case .start(let submission):
            queue.append(submission, id: submission.id)
        case .cancel(let id):
            if let submission = queue.remove(id) {
                submission.continuation.resume(returning: .failure(.cancelled))
            } else {
                // Of a cancellation and a completion, the one that takes the transfer out of the table
                // resumes the caller; the other finds nothing.
                finish(id) { _ in .failure(.cancelled) }
            }
        case .limit(let limit):
            queue.setLimit(limit)
            setConnectionCacheSize()
        }
    }

    /// - Returns: How many began.
    @discardableResult
    private mutating func startWaiting() -> Int {
        var count = 0
        while let submission = queue.next() {
            do throws(CurlError) {
                let transfer = try Transfer(id: submission.id, request: submission.request)
                let code = curl_multi_add_handle(multi, transfer.easy)
                guard code == CURLM_OK else { throw CurlError(multiCode: code) }
                running[submission.id] = Running(
                    transfer: transfer, continuation: submission.continuation)
                count += 1
            } catch {
                queue.finishOne()
                submission.continuation.resume(returning: .failure(error))
            }
        }
        return count
    }

    private mutating func finishCompleted() {
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(multi, &remaining) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle
            else { continue }
            // The message does not outlive the removal of its handle.
            let code = message.pointee.data.result
            finish(Transfer.id(of: easy)) { $0.result(code) }
        }
    }

    /// Takes a transfer out of the table and resumes its caller; does nothing if it is not there.
    private mutating func finish(
        _ id: TransferID, result: (Transfer) -> Result<CurlResponse, CurlError>
    ) {
        guard let entry = running.removeValue(forKey: id) else { return }
        queue.finishOne()
        curl_multi_remove_handle(multi, entry.transfer.easy)
        entry.continuation.resume(returning: result(entry.transfer))
    }

    private mutating func failAll(_ reason: CurlError) {
        for submission in queue.removeAll() {
            submission.continuation.resume(returning: .failure(reason))
        }
        for id in Array(running.keys) {
            finish(id) { _ in .failure(reason) }
        }
    }

    private static func failStarts(in commands: [Command]) {
        for case .start(let submission) in commands {
            submission.continuation.resume(returning: .failure(.closed))
        }
    }

    /// libcurl's own measure is four connections for each transfer that happens to be under way, so that
    /// the last transfers of a burst would close most of the connections that the next burst needs.
    private func setConnectionCacheSize() {
        ccurl_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, max(4, min(queue.limit, 1 << 16)))
    }

    /// A write to a connection that the peer has closed is to be an error. libcurl would have to change
    /// the process's handling of the signal for that; a mask concerns this thread alone.
    private static func blockBrokenPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
