/// The reason for which a file cannot be read as a history, for people.
package struct HistoryReadError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        case missing
        /// An exporter has the file open.
        case inUse
        /// The file is a database of another program, or no database.
        case foreign
        case newerVersion
        case corrupt
        /// No permission, a failing disk, or no regular file.
        case unreadable
    }

    package let reason: Reason
    package let path: String
    /// What SQLite or the system says; empty if there is nothing more to say.
    let detail: String

    init(_ reason: Reason, path: String, detail: String = "") {
        (self.reason, self.path, self.detail) = (reason, path, detail)
    }

    init(_ error: any Error, path: String) {
        let failure = HistoryFile.Failure(error)
        let reason: Reason =
            switch failure {
            case .corrupt: .corrupt
            case .unusable(.inUse, _): .inUse
            case .unusable(.newerVersion, _): .newerVersion
            case .unusable(.foreign, _): .foreign
            case .unusable(.unwritable, _), .unusable(.noLocks, _): .unreadable
            }
        self.init(reason, path: path, detail: failure.detail)
    }

    package var description: String {
        switch reason {
        case .missing: "\(path): there is no such file"
        case .inUse: "\(path): an exporter uses the history; ask it with --url, or stop it first"
        case .foreign: "\(path): the file is no history of the exporter"
        case .newerVersion: "\(path): a later version of the exporter wrote the history; use that version"
        case .corrupt: "\(path): the history is corrupt: \(detail); use a copy that is not"
        case .unreadable: "\(path): the history cannot be read: \(detail)"
        }
    }
}
