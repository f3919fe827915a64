import Glibc

/// Where the history is kept.
package enum StateLocation: Equatable, Sendable {
    case memory
    /// The database file.
    case file(String)

    private static let folder = "northflank-backup-exporter"
    private static let file = "history.sqlite"

    /// What the configuration says, else the folder that systemd made for the service, else the platform's own: for
    /// root below `/var/lib`, for others below the state folder of the XDG specification.
    package init(_ configuration: StateConfiguration, environment: [String: String]) {
        let values = environment.filter { !$0.value.isEmpty }
        if let path = configuration.path {
            self = path == StateConfiguration.inMemory ? .memory : .file(path)
        } else if let folders = values["STATE_DIRECTORY"], let first = folders.split(separator: ":").first {
            self = .file("\(first)/\(Self.file)")
        } else if let state = values["XDG_STATE_HOME"] {
            self = .file("\(state)/\(Self.folder)/\(Self.file)")
        } else if getuid() == 0 {
            self = .file("/var/lib/\(Self.folder)/\(Self.file)")
        } else if let home = values["HOME"] {
            self = .file("\(home)/.local/state/\(Self.folder)/\(Self.file)")
        } else {
            self = .memory
        }
    }
}
