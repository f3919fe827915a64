import Glibc

/// Writes text where logs and errors go.
enum StandardError {
    static func write(_ text: String) { Output.write(text, to: STDERR_FILENO) }
}

/// Writes text where results go, unbuffered, so that whoever reads a pipe sees it at once.
enum StandardOutput {
    static func write(_ text: String) { Output.write(text, to: STDOUT_FILENO) }
}

private enum Output {
    /// One system call for a line, so that lines of several threads do not mix.
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}
