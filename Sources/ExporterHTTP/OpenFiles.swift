/// How many connections the limit of open files allows.
package enum OpenFiles {
    /// What the exporter opens otherwise: its standard streams, the history, event loops, requests to Northflank, files
    /// that it reads.
    static let others = 64
    /// Beyond the limit of connections: the reserved ones, and those that are about to close.
    static let reserve = 32

    /// - Parameters:
    ///   - wanted: connections at the same time.
    ///   - files: the limit of open files; negative if it is not known.
    package static func connections(wanted: Int, files: Int) -> Int {
        files < 0 ? wanted : min(wanted, max(1, files - others - reserve))
    }
}
