import Foundation
import GRDB

extension HistoryFile {
    /// Why it could not be opened, or not be used any more.
    enum Failure: Error {
        /// The content is not what SQLite or we have written.
        case corrupt(detail: String)
        /// The content is, or may be, in order.
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
            // A row that cannot be decoded, or what the file system says.
            let isRow = error is RowDecodingError
            // Foundation ends its sentences, and so do we.
            let words = (error as NSError).localizedDescription
            let detail = isRow ? "a row cannot be read" : words.hasSuffix(".") ? String(words.dropLast()) : words
            self = isRow ? .corrupt(detail: detail) : .unusable(.unwritable, detail: detail)
            return
        }
        // Neither the statement nor its values, which are nobody's business.
        let detail = "\(error.message ?? "error") (SQLite code \(error.extendedResultCode.rawValue))"
        switch error.resultCode {
        // SQLITE_ERROR: tables are not as they were made.
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_ERROR: self = .corrupt(detail: detail)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .unusable(.inUse, detail: detail)
        default: self = .unusable(.unwritable, detail: detail)
        }
    }
}
