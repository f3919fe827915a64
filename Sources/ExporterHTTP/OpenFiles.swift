/// How many connections the limit of open files allows.
package enum OpenFiles {
    /// What the exporter opens besides connections and requests: its standard streams, the history, event loops, files
    /// that it reads.
    static let others = 64
    /// Beyond the limit of connections: the reserved ones, and those that are about to close.
    static let reserve = 40
    /// Fewer connections would leave no room for Prometheus beside slow clients.
    static let fewest = 8

    /// Nil if the limit is too low; ``needed(requests:)`` tells what is enough.
    ///
    /// - Parameters:
    ///   - wanted: connections at the same time.
    ///   - files: the limit of open files; negative if it is not known.
    ///   - requests: requests to Northflank at the same time, each with a socket, and one for the name.
    package static func connections(wanted: Int, files: Int, requests: Int) -> Int? {
        guard files >= 0 else { return wanted }
        let rest = files - others - 2 * requests - reserve
        return rest < fewest ? nil : min(wanted, rest)
    }

    /// The lowest limit with which the exporter starts.
    package static func needed(requests: Int) -> Int { others + 2 * requests + reserve + fewest }
}
