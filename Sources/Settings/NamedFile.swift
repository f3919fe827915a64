import Glibc

/// A file that an operator names. Reading it never waits for ever: to open a pipe would wait for a writer.
enum NamedFile {
    /// The reason for which a file cannot be read, for people.
    enum Failure: Error, Equatable {
        case missing
        case unreadable
        /// It is no regular file but, for example, "a folder".
        case kind(String)
        case tooLarge(bytes: Int)
        /// It is a pipe or a device that gave nothing for this number of seconds.
        case silent(seconds: Int)
    }

    /// Seconds for which a pipe or a device can give nothing.
    static let patience = 5

    /// All bytes of a regular file.
    static func bytes(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        let (file, status) = try open(path)
        defer { close(file) }
        if let kind = kind(status) { throw .kind(kind) }
        guard status.st_size <= limit else { throw .tooLarge(bytes: Int(status.st_size)) }
        return try read(file, limit: limit, patience: 0)
    }

    /// All bytes of a file, a pipe (such as a shell's `<(command)`) or a device.
    static func streamed(_ path: String, limit: Int, patience: Int = patience) throws(Failure) -> [UInt8] {
        let (file, status) = try open(path)
        defer { close(file) }
        if status.st_mode & S_IFMT == S_IFDIR { throw .kind("a folder") }
        return try read(file, limit: limit, patience: patience)
    }

    /// The kind of a file that is no regular file; nil for a regular file. Links are followed.
    static func kind(of path: String) -> String? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? kind(status) : nil
    }

    private static func kind(_ status: stat) -> String? {
        switch status.st_mode & S_IFMT {
        case S_IFREG: nil
        case S_IFDIR: "a folder"
        case S_IFIFO: "a pipe"
        case S_IFSOCK: "a socket"
        default: "a device"
        }
    }

    private static func open(_ path: String) throws(Failure) -> (file: Int32, stat) {
        // The system would end the path at a NUL, and take another file.
        guard !path.utf8.contains(0) else { throw .missing }
        let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard file >= 0 else {
            let error = errno
            // A socket cannot be opened.
            if let kind = kind(of: path), error == ENXIO { throw .kind(kind) }
            throw error == ENOENT || error == ENOTDIR ? .missing : .unreadable
        }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else {
            close(file)
            throw .unreadable
        }
        return (file, status)
    }

    private static func read(_ file: Int32, limit: Int, patience: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var isEnded = false
        while true {
            let count = unsafe Glibc.read(file, &chunk, chunk.count)
            if count > 0 {
                bytes += chunk.prefix(count)
                guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count) }
            } else if count == 0, !bytes.isEmpty || isEnded || patience == 0 {
                return bytes
            } else if count < 0, errno != EAGAIN, errno != EINTR {
                throw .unreadable
            } else {
                // A pipe without a writer is at its end until one opens it.
                var wait = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
                let ready = unsafe poll(&wait, 1, Int32(patience * 1000))
                guard ready != 0 else { throw .silent(seconds: patience) }
                isEnded = true
            }
        }
    }
}
