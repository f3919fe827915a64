import Glibc
import SQLite

extension History {
    /// The pages of one step: about two milliseconds, for which polls wait.
    private static let pagesOfStep: Int32 = 500
    /// Microseconds between two steps, in which a poll that waits gets its turn.
    private static let pause: UInt32 = 1000

    /// Whether another process uses a file as its history.
    package static func isInUse(_ path: String) -> Bool { Files.isLocked(path) }

    /// A consistent copy of the history, which polls go on changing meanwhile. Blocks until it is complete.
    package func copy() throws(HistoryCopyError) -> HistoryCopy {
        do {
            try beginCopy()
            defer { endCopy() }
            while try !stepCopy(pages: Self.pagesOfStep) { usleep(Self.pause) }
            return try finishCopy()
        } catch let error as HistoryCopyError {
            throw error
        } catch {
            throw .failed(HistoryFile.Failure(error).detail)
        }
    }

    /// A consistent copy of a file that no exporter uses. The file is never written.
    ///
    /// - Parameter path: the place of the copy is the same folder as that of this file.
    package static func copy(ofFile path: String, beside other: String) throws(HistoryReadError) -> HistoryCopy {
        do {
            let file = HistoryFile(path: path)
            try file.checkReadable()
            let temporary = try TemporaryFile(beside: other)
            let target = try temporary.database()
            try file.readUnchanged { db in try db.copy(to: target) }
            target.close()
            return try temporary.bytes()
        } catch let error as HistoryReadError {
            throw error
        } catch {
            throw HistoryReadError(error, path: path)
        }
    }
}
