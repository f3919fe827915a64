package import Backups

/// Reading a file without an exporter.
extension History {
    /// The content of a file that no exporter uses, in memory. The file is never written, and never claimed: an exporter
    /// can start at any time.
    ///
    /// A file of an earlier version is brought to this version in memory.
    ///
    /// - Throws: `HistoryReadError` for a file that is missing, in use, foreign, newer or corrupt.
    package static func readOnly(path: String, now: Timestamp) throws(HistoryReadError) -> History {
        let memory = try HistoryFile(path: path).snapshot()
        return History(medium: HistoryMedium(reading: memory, now: now), retention: defaultRetention)
    }
}
