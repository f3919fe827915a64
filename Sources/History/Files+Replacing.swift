import Glibc

/// Calls for a file that takes the place of another one.
extension Files {
    /// Gives a file a second name, at a path where no file is.
    static func link(_ path: String, to new: String) throws(HistoryFile.Failure) {
        guard unsafe Glibc.link(path, new) == 0 else { throw failure("the earlier history cannot be kept as \(new)") }
    }

    static func remove(_ path: String) { unsafe unlink(path) }

    /// Writes the names in a file's folder to the disk.
    static func synchronizeFolder(of path: String) throws(HistoryFile.Failure) {
        let folder = folder(path)
        let descriptor = unsafe Glibc.open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("its folder cannot be opened") }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("its folder cannot be written") }
    }

    /// Notes in the header of a copied database that it is used without a log.
    static func markWithoutLog(_ descriptor: Int32) throws(HistoryFile.Failure) {
        // The versions of the format for writing and for reading.
        let versions: [UInt8] = [1, 1]
        guard unsafe pwrite(descriptor, versions, versions.count, 18) == versions.count else {
            throw failure("the copy cannot be written")
        }
    }
}
