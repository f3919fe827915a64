import ArgumentParser
import Glibc
import Synchronization

/// Writes text where logs and errors go.
enum StandardError {
    static let isTerminal = isatty(STDERR_FILENO) == 1
    /// Clears the line that the cursor is in.
    private static let clearing = "\r\u{1B}[K"
    /// Whether the line that the cursor is in shows progress.
    private static let showsProgress = Mutex(false)

    /// Drops a line that is not read within a second: a slow reader of the logs must not stop the exporter.
    static func write(_ text: String) {
        let clears = showsProgress.withLock { shows in
            defer { shows = false }
            return shows
        }
        put(clears ? clearing + text : text)
    }

    /// Replaces the progress that is shown; nil clears it. Only for a terminal.
    static func show(progress: String?) {
        let before = showsProgress.withLock { shows in
            defer { shows = progress != nil }
            return shows
        }
        if progress != nil || before { put(clearing + (progress ?? "")) }
    }

    private static func put(_ text: String) {
        var descriptor = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        guard unsafe poll(&descriptor, 1, 1000) == 1 else { return }
        _ = Output.write(text, to: STDERR_FILENO)
    }
}

/// Writes text where results go, unbuffered, so that the reader of a pipe sees it at once.
enum StandardOutput {
    /// - Throws: `ExitCode` if the text cannot be written, after a message.
    static func write(_ text: String) throws {
        guard !Output.write(text, to: STDOUT_FILENO) else { return }
        StandardError.write("standard output cannot be written\n")
        throw ExitCode.failure
    }

    /// Writes text for people, of whom some read the beginning alone, as `head` does: this is no failure.
    ///
    /// - Throws: `ExitCode` if the text cannot be written for another reason, after a message.
    static func show(_ text: String) throws {
        // Else the signal ends the process before the exit code says anything.
        signal(SIGPIPE, SIG_IGN)
        if !Output.write(text, to: STDOUT_FILENO), errno != EPIPE {
            StandardError.write("standard output cannot be written\n")
            throw ExitCode.failure
        }
    }
}

private enum Output {
    /// One system call for a line, so that lines of several threads do not mix.
    /// Returns whether all of it was written.
    static func write(_ text: String, to descriptor: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { return false }
            bytes = bytes.dropFirst(written)
        }
        return true
    }
}
