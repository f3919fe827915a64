import CCurl

/// Fetches URLs with libcurl.
///
/// One thread of its own runs every transfer of a client, so that they share connections, name lookups
/// and TLS state. While no transfer runs, the thread sleeps in the kernel. The thread ends with
/// ``shutdown()``, or with the last reference to the client.
package final class CurlClient: Sendable {
    /// The way into the thread. The thread holds the mailbox and never the client, so that the client's
    /// `deinit` can end the thread.
    let mailbox: Mailbox
    /// Nil if the thread could not be started; the client is closed then.
    private let thread: JoinableThread?

    /// Starts the thread.
    ///
    /// - Parameter connectionLifetime: The age after which a connection takes no new requests, so that connections
    ///   follow a name that moves to another address.
    package init(connectionLifetime: Duration = .seconds(600)) {
        _ = CurlLoop.isLibraryReady
        let mailbox = Mailbox()
        self.mailbox = mailbox
        thread = JoinableThread {
            CurlLoop.run(mailbox: mailbox, pools: ConnectionPools(lifetime: connectionLifetime / .seconds(1)))
        }
        if thread == nil { mailbox.end() }
    }

    deinit {
        mailbox.close()
    }

    /// The client's thread, for the tasks that use the client: a response reaches its task, and the task's next request
    /// the thread, without a switch between threads. Transfers stand still while such a task computes or blocks.
    package var executor: any TaskExecutor { mailbox }

    /// Fetches a URL with GET. Every status that a server may answer with is a response, not an error;
    /// redirects are not followed.
    ///
    /// The transfer starts at once, however many others run. Cancelling the task ends the transfer at once.
    ///
    /// - Throws: ``CurlError``: the request is refused, the transfer failed, the task was cancelled
    ///   (``CurlError/Kind/cancelled``) or the client was shut down (``CurlError/Kind/closed``).
    package func perform(_ request: CurlRequest) async throws(CurlError) -> CurlResponse {
        // A task that is cancelled already must not send anything.
        if Task.isCancelled { throw .cancelled }
        return try await transfer(request).get()
    }

    /// Runs a transfer, whether or not the task is cancelled already.
    func transfer(_ request: CurlRequest) async -> Result<CurlResponse, CurlError> {
        await answer(ofClosed: .failure(.closed)) { id, continuation in
            .start(Submission(id: id, request: request, continuation: continuation))
        }
    }

    /// Posts a command and waits until the loop resumes its continuation. Cancelling the task cancels the command.
    ///
    /// - Parameter closed: The answer of a client that is closed.
    func answer<Value: Sendable>(
        ofClosed closed: Value, to command: (TransferID, CheckedContinuation<Value, Never>) -> Command
    ) async -> Value {
        // Without this, the caller's last reference to the client might end before the command does, and
        // the client's `deinit` would close it: `await CurlClient().perform(…)` would fail.
        defer { withExtendedLifetime(self) {} }

        let id = mailbox.makeTransferID()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard mailbox.post(command(id, continuation)) else {
                    continuation.resume(returning: closed)
                    return
                }
                // The handler below may have run before the line above; the loop has then ignored the
                // cancellation of a command that it did not know. The task is marked as cancelled before
                // the handler runs, so this line sees the mark. A second cancellation does no harm: the
                // loop forgets a command when it resumes the caller.
                if Task.isCancelled { mailbox.post(.cancel(id)) }
            }
        } onCancel: {
            mailbox.post(.cancel(id))
        }
    }

    /// Ends every transfer with ``CurlError/Kind/closed``, closes the connections and returns when the
    /// thread is gone. Later calls of ``perform(_:)`` fail in the same way.
    package func shutdown() async {
        mailbox.close()
        await mailbox.waitUntilEnded()
        // Blocks for microseconds: the thread's body has returned.
        thread?.join()
    }

    /// The version of the libcurl that is loaded, such as `7.88.1`.
    package static var libcurlVersion: String {
        String(cString: ccurl_version())
    }
}
