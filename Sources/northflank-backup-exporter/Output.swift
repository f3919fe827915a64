import ArgumentParser
import Glibc

/// Writes text where logs and errors go.
enum StandardError {
    /// Drops a line that is not read within a second: a slow reader of the logs must not stop the exporter.
    static func write(_ text: String) {
        var descriptor = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        guard unsafe poll(&descriptor, 1, 1000) == 1 else { return }
        _ = Output.write(text, to: STDERR_FILENO)
    }
}

/// Writes text where results go, unbuffered, so that the reader of a pipe sees it at once.
enum StandardOutput {
    /// - Throws: `ExitCode` if the text cannot be written, after a message.
    static func write(_ text: String) throws {
        guard Output.write(text, to: STDOUT_FILENO) else {
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
