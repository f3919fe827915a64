import CCurl

/// Fetches URLs with libcurl.
///
/// One thread of its own runs every transfer of a client, so that they share connections, name lookups
/// and TLS state. While nothing is under way the thread sleeps in the kernel. The thread ends with
/// ``shutdown()``, or else when the last reference to the client goes.
package final class CurlClient: Sendable {
    /// The way into the thread; the thread holds it too, but never the client, whose `deinit` ends it.
    let mailbox: Mailbox
    /// Nil if it could not be started; the client is closed then.
    private let thread: JoinableThread?

    /// Starts the thread.
    ///
    /// - Parameter maxConcurrentTransfers: How many transfers may run at once; less than 1 counts as 1.
    package init(maxConcurrentTransfers: Int) {
        let mailbox = Mailbox()
        self.mailbox = mailbox
        thread = JoinableThread {
            CurlLoop.run(mailbox: mailbox, maxConcurrentTransfers: maxConcurrentTransfers)
        }
        if thread == nil { mailbox.end() }
    }

    deinit {
        mailbox.close()
    }

    /// Fetches a URL with GET. Every status that a server may answer with is a response, not an error;
    /// redirects are not followed.
    ///
    /// At most as many transfers as the client allows run at once. The others wait in the order of their
    /// calls; the timeouts of a request begin when its transfer does. Cancelling the task ends the
    /// transfer at once, or takes it out of the queue.
    ///
    /// - Throws: ``CurlError``: the request is refused, the transfer failed, the task was cancelled
    ///   (``CurlError/Kind/cancelled``) or the client was shut down (``CurlError/Kind/closed``).
    package func perform(_ request: CurlRequest) async throws(CurlError) -> CurlResponse {
        // Otherwise the last use of the client might be the next line, and a client that is let go
        // closes: the transfer of `await CurlClient(…).perform(…)` would fail.
        defer { withExtendedLifetime(self) {} }

        // A task that is cancelled already must not send anything.
        if Task.isCancelled { throw .cancelled }

        let id = mailbox.makeTransferID()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let submission = Submission(id: id, request: request, continuation: continuation)
                guard mailbox.post(.start(submission)) else {
                    continuation.resume(returning: .failure(.closed))
                    return
                }
                // The handler below may have run before the line above, in which case the loop has met
                // the cancellation of a transfer that it did not know, and has ignored it. The task was
                // marked as cancelled before the handler ran, so that it is seen here. A second
                // cancellation does no harm: the loop forgets a transfer when it resumes its caller.
                if Task.isCancelled { mailbox.post(.cancel(id)) }
            }
        } onCancel: {
            mailbox.post(.cancel(id))
        }
        return try result.get()
    }

    /// Changes how many transfers may run at once; less than 1 counts as 1. Transfers that are running
    /// when the number goes down run to their end.
    package func setMaxConcurrentTransfers(_ limit: Int) {
        mailbox.post(.limit(limit))
    }

    /// Ends every transfer, running or waiting, with ``CurlError/Kind/closed``, closes the connections
    /// and returns when the thread is gone. Later calls of ``perform(_:)`` fail in the same way.
    package func shutdown() async {
        mailbox.close()
        await mailbox.waitUntilEnded()
        // A matter of microseconds by now.
        thread?.join()
    }

    /// The version of the libcurl that is loaded, such as `7.88.1`.
    package static var libcurlVersion: String {
        String(cString: ccurl_version())
    }
}
