import Glibc

/// Copies for reading. Their errors have no words: the caller then reads without a copy.
extension Files {
    private struct CopyError: Error {}

    private static let chunk = 1 << 16

    /// Calls `body` with copies of files, in a new folder that is deleted afterwards.
    ///
    /// - Parameters:
    ///   - copies: each the path of a file and the name of its copy.
    ///   - body: gets the folder's path.
    static func withCopies(_ copies: [(path: String, name: String)], _ body: (String) throws -> Void) throws {
        guard let folder = makeUniqueFolder("\(temporaryFolder)/history-") else { throw CopyError() }
        defer { unsafe rmdir(folder) }
        defer { for copy in copies { unsafe unlink("\(folder)/\(copy.name)") } }
        for copy in copies { try Self.copy(copy.path, to: "\(folder)/\(copy.name)") }
        try body(folder)
    }

    private static func copy(_ path: String, to new: String) throws {
        let source = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw CopyError() }
        defer { Glibc.close(source) }
        let target = unsafe Glibc.open(new, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw CopyError() }
        defer { Glibc.close(target) }
        while true {
            let bytes = try read(source, chunk)
            if bytes.isEmpty { return }
            let written = unsafe Glibc.write(target, bytes, bytes.count)
            // A regular file takes all bytes, or the disk is full.
            guard written == bytes.count else { throw CopyError() }
        }
    }
}
