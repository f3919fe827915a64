/// How the store itself is doing, for metrics.
package struct HistoryStatus: Equatable, Sendable {
    /// Whether changes reach the file. False in memory, asked for or not.
    package var isPersistent: Bool
    /// Whether another process has the file, so that what counts is there and not here.
    package var isInUse = false
    /// The file that was asked for; nil if memory was.
    package var path: String?
    /// Bytes of the file and of its `-wal`; 0 if there is none.
    package var bytes: Int64 = 0
    /// Transactions that could not be written where they should have been, attempts to open the file included.
    package var writeErrors = 0
    /// Corrupt files that were set aside, and logs that were lost.
    package var corruptions = 0
}
