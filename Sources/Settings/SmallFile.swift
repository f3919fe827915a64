import Glibc

/// A file of a person's making that is read whole: a configuration, a certificate, a password.
enum SmallFile {
    /// Larger than any such file: a larger one is the wrong file.
    static let maxBytes = 1 << 20

    /// The reason for which a file cannot be read, for people, after its name.
    struct Problem: Error, Equatable {
        let message: String
    }

    /// The properties of a file that change when it is replaced or rewritten.
    struct Signature: Equatable {
        private let device: UInt
        private let inode: UInt
        private let size: Int
        private let modified: [Int]
        private let changed: [Int]

        /// Follows links, since mounted secrets are replaced behind one. Nil if there is no such file.
        init?(path: String) {
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { return nil }
            device = status.st_dev
            inode = status.st_ino
            size = status.st_size
            modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
            changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
        }
    }

    /// Never waits: a pipe without a writer, or a terminal, is no file.
    static func read(_ path: String) throws(Problem) -> [UInt8] {
        // Without O_NONBLOCK, opening a FIFO waits for its writer.
        let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard file >= 0 else {
            throw Problem(
                message: errno == ENOENT
                    ? "does not exist; check the path" : "cannot be read (\(reason)); check its permissions")
        }
        defer { Glibc.close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Problem(message: "is not a regular file; expected the path of one")
        }
        // One byte more than is allowed, which tells that there are more. A file of /proc has the size 0.
        var bytes = [UInt8](repeating: 0, count: maxBytes + 1)
        var count = 0
        while count < bytes.count {
            let read = unsafe bytes.withUnsafeMutableBytes {
                unsafe Glibc.read(file, $0.baseAddress! + count, $0.count - count)
            }
            guard read >= 0 || errno == EINTR else { throw Problem(message: "cannot be read (\(reason))") }
            if read == 0 { break }
            count += max(0, read)
        }
        guard count <= maxBytes else { throw Problem(message: "has more than 1 MiB; it is the wrong file") }
        return Array(bytes[..<count])
    }

    private static var reason: String { unsafe String(cString: strerror(errno)) }
}
