import ArgumentParser
import FoundationEssentials
import Glibc

/// A file that a command writes instead of its standard output.
enum ResultFile {
    /// Whether a command may put a new file at a path: there is none, or a regular one. A new file would take the place of
    /// a device or a pipe, and not write to it.
    static func canReplace(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    }

    /// Replaces the file as a whole.
    ///
    /// - Throws: `ExitCode` after a message.
    static func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
        guard canReplace(path) else {
            StandardError.write("\(path): it is no regular file; leave the option out for standard output\n")
            throw ExitCode.failure
        }
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            StandardError.write("\(path): cannot be written; check the directory and its permissions\n")
            throw ExitCode.failure
        }
    }
}
