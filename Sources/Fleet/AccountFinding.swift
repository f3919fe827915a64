package import Backups

/// Something that is wrong with an account as a whole, though it can be read.
package enum AccountFinding: Equatable, Sendable {
    /// The backups fit another zone than that in force.
    case timeZone(ZoneFit, inForce: Zone)
    /// The last complete reading of the lists found less than half of the addons that are watched.
    case shrunk(found: Int, of: Int, since: Timestamp, confirmAt: Timestamp)

    /// The value of the label `finding`.
    package var kind: String {
        switch self {
        case .timeZone: "time-zone"
        case .shrunk: "shrunk"
        }
    }

    package var since: Timestamp {
        switch self {
        case .timeZone(let fit, _): fit.since
        case .shrunk(_, _, let since, _): since
        }
    }

    package var isAboutTimeZone: Bool {
        if case .timeZone = self { true } else { false }
    }
}
