/// The place where the history is stored.
package enum HistoryLocation: Equatable, Sendable {
    /// In memory; lost at the end of the process.
    case memory
    /// In an SQLite database at this path. SQLite keeps a second file next to it, `PATH-wal`.
    case file(String)

    /// The value for `memory` in the configuration.
    package static let memoryWord = ":memory:"
    private static let fileName = "history.sqlite"
    private static let folderName = "northflank-backup-exporter"

    /// - Parameter path: a file, or `:memory:`.
    package init(path: String) {
        self = path == Self.memoryWord ? .memory : .file(path)
    }

    /// The default place: a file in the first of `$STATE_DIRECTORY` (systemd sets it), `$XDG_STATE_HOME` and
    /// `$HOME/.local/state` (on macOS `$HOME/Library/Application Support`) that is an absolute path; in the last two,
    /// in the exporter's own folder. In memory if there is none.
    package static func standard(environment: [String: String]) -> HistoryLocation {
        func folder(_ variable: String) -> String? {
            // systemd lists all folders of a unit, separated by colons.
            let first = environment[variable]?.split(separator: ":", omittingEmptySubsequences: false).first
            return first.map(String.init).flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        if let folder = folder("STATE_DIRECTORY") { return .file("\(folder)/\(fileName)") }
        if let folder = folder("XDG_STATE_HOME") { return .file("\(folder)/\(folderName)/\(fileName)") }
        #if os(macOS)
            let local = "Library/Application Support"
        #else
            let local = ".local/state"
        #endif
        return folder("HOME").map { .file("\($0)/\(local)/\(folderName)/\(fileName)") } ?? .memory
    }
}
