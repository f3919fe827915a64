import SQLite

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

    static func unwritable(_ detail: String) -> Self { .unusable(.unwritable, detail: detail) }

    init(_ error: any Error) {
        switch error {
        case let failure as HistoryFile.Failure: self = failure
        case let error as SQLiteError: self.init(error)
        case is MalformedBytes: self = .corrupt(detail: "a row cannot be read")
        default: self = .unwritable("\(error)")
        }
    }

    private init(_ error: SQLiteError) {
        switch error.code {
        case .mismatch: self = .corrupt(detail: "a row cannot be read")
        // `error`: a table has an unexpected form.
        case .corrupt, .notADatabase, .format, .error: self = .corrupt(detail: "\(error)")
        case .busy, .locked: self = .unusable(.inUse, detail: "\(error)")
        default: self = .unwritable("\(error)")
        }
    }
}
