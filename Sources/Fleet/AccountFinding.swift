package import Backups

/// Something that is wrong with an account as a whole, though it can be read.
package enum AccountFinding: Equatable, Sendable {
    /// The backups fit another zone than that in force.
    case timeZone(ZoneFit, inForce: Zone)

    /// The value of the label `finding`.
    package var kind: String {
        switch self {
        case .timeZone: "time-zone"
        }
    }

    package var since: Timestamp {
        switch self {
        case .timeZone(let fit, _): fit.since
        }
    }
}
