import Foundation
import GRDB

extension HistoryFile {
    /// The reason for which the file cannot be opened or used.
    enum Failure: Error {
        /// The content was not written by SQLite or by the exporter.
        case corrupt(detail: String)
        /// The file cannot be used now. Its content can be valid.
        case unusable(HistoryEvent.Reason, detail: String)
    }
}

extension HistoryFile.Failure {
    var detail: String {
        switch self {
        case .corrupt(let detail), .unusable(_, let detail): detail
        }
    }

    var reason: HistoryEvent.Reason {
        switch self {
        case .corrupt: .unwritable
        case .unusable(let reason, _): reason
        }
    }

    init(_ error: any Error) {
        if let failure = error as? HistoryFile.Failure {
            self = failure
            return
        }
        guard let error = error as? DatabaseError else {
            // A row that cannot be decoded, or an error of the file system.
            let isRow = error is RowDecodingError
            // Foundation's texts end in a full stop, which the log's sentence adds itself.
            let words = (error as NSError).localizedDescription
            let detail = isRow ? "a row cannot be read" : words.hasSuffix(".") ? String(words.dropLast()) : words
            self = isRow ? .corrupt(detail: detail) : .unusable(.unwritable, detail: detail)
            return
        }
        // Without the statement and its values, which can contain stored data.
        let detail = "\(error.message ?? "error") (SQLite code \(error.extendedResultCode.rawValue))"
        switch error.resultCode {
        // SQLITE_ERROR: a table has an unexpected form.
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_ERROR: self = .corrupt(detail: detail)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .unusable(.inUse, detail: detail)
        default: self = .unusable(.unwritable, detail: detail)
        }
    }
}
