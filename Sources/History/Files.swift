import Glibc

/// Calls of the file system. They throw the system's reason, after what could not be done.
enum Files {
    /// The status of a file itself, without following a link; nil if there is no file.
    static func status(_ path: String) -> stat? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status : nil
    }

    /// The path that a chain of links leads to, whether or not there is a file; the path itself if it is no link.
    static func target(_ path: String) -> String {
        var path = path
        // More links than the system follows, if they lead in a circle.
        for _ in 0..<40 {
            guard let next = link(path) else { break }
            path = next.hasPrefix("/") ? next : folder(path) + next
        }
        return path
    }

    private static func link(_ path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink(path, &bytes, bytes.count)
        return count < 0 ? nil : String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The part of a path up to its last slash; empty if there is none.
    static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// Creates an empty file, which its owner alone can read, and the folders to it, which their owner alone can enter.
    static func create(_ path: String) throws(HistoryFile.Failure) {
        try makeFolder(of: path)
        let file = unsafe Glibc.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("the file cannot be created") }
        Glibc.close(file)
    }

    /// Creates the folders to a file, which their owner alone can enter.
    static func makeFolder(of path: String) throws(HistoryFile.Failure) { try makeFolder(folder(path)) }

    private static func makeFolder(_ path: String) throws(HistoryFile.Failure) {
        guard !path.isEmpty, unsafe access(path, F_OK) != 0 else { return }
        try makeFolder(folder(String(path.dropLast())))
        // Another process can have made it meanwhile.
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw failure("the folder \(path) cannot be created")
        }
    }

    /// Moves a file to a path where no file is.
    static func rename(_ path: String, to new: String) throws(HistoryFile.Failure) {
        guard unsafe Glibc.rename(path, new) == 0 else { throw failure("it cannot be renamed") }
    }

    /// The first bytes of a file, or all bytes of a shorter one.
    static func head(_ path: String, count: Int) throws(HistoryFile.Failure) -> [UInt8] {
        let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("it cannot be read") }
        defer { Glibc.close(file) }
        return try read(file, count)
    }

    /// The system's reason for which a file cannot be locked at all; nil if it can, or if only another process prevents it.
    static func lockProblem(_ path: String) -> String? {
        let file = unsafe Glibc.open(path, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { Glibc.close(file) }
        // A byte that SQLite never locks.
        var lock = flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 1, l_pid: 0)
        guard unsafe fcntl(file, F_SETLK, &lock) != 0, errno != EACCES, errno != EAGAIN else { return nil }
        return unsafe String(cString: strerror(errno))
    }

    /// The bytes of a file that SQLite locks.
    private static let lockedBytes = (start: off_t(0x4000_0000), count: off_t(512))

    /// Whether another process has one of SQLite's locks on a file. Sets no lock.
    static func isLocked(_ path: String) -> Bool {
        let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { Glibc.close(file) }
        var lock = flock(
            l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: lockedBytes.start, l_len: lockedBytes.count,
            l_pid: 0)
        return unsafe fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    }

    /// Sets all of SQLite's locks on a file until the returned descriptor is closed; nil if another process has one.
    static func lock(_ path: String) -> Int32? {
        let file = unsafe Glibc.open(path, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { return nil }
        var lock = flock(
            l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: lockedBytes.start, l_len: lockedBytes.count,
            l_pid: 0)
        if unsafe fcntl(file, F_SETLK, &lock) == 0 { return file }
        Glibc.close(file)
        return nil
    }

    /// SQLite's own error for a file that it can only read is one of a broken disk.
    static func checkWritable(_ path: String) throws(HistoryFile.Failure) {
        guard unsafe access(path, W_OK) == 0 else { throw failure("it can only be read") }
    }

    /// Lets a file have at least this number of bytes, and room for them on the disk.
    static func reserve(_ path: String, _ bytes: Int64) throws(HistoryFile.Failure) {
        let file = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("\(path) cannot be opened") }
        defer { Glibc.close(file) }
        errno = posix_fallocate(file, 0, Int(bytes))
        guard errno == 0 else { throw failure("there is no room for \(path)") }
    }

    /// The next bytes of an open file; empty at its end.
    static func read(_ file: Int32, _ count: Int) throws(HistoryFile.Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = unsafe Glibc.read(file, &bytes, count)
        guard got >= 0 else { throw failure("it cannot be read") }
        return Array(bytes.prefix(got))
    }

    static func failure(_ what: String) -> HistoryFile.Failure {
        .unwritable("\(what): \(unsafe String(cString: strerror(errno)))")
    }
}
