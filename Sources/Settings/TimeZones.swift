package import Backups
import Foundation
import Synchronization

/// The time zones of the IANA database, which comes with Foundation: no package of the system is needed.
package enum TimeZones {
    static func isKnown(_ name: String) -> Bool { TimeZone(identifier: name) != nil }

    static func problem(_ name: String) -> String {
        "\"\(name)\" is not a known time zone; expected a name such as \"Europe/Berlin\" or \"UTC\""
    }

    /// - Parameter name: UTC is used for an unknown name, which a configuration cannot contain.
    package static func zone(_ name: String) -> Zone {
        guard name != "UTC" else { return .utc }
        return known.withLock { known in
            if let zone = known[name] { return zone }
            let zone = TimeZone(identifier: name).map { make(name, $0) } ?? .utc
            known[name] = zone
            return zone
        }
    }

    /// The zones in use; creating a zone takes longer than computing an offset.
    private static let known = Mutex<[String: Zone]>([:])

    private static func make(_ name: String, _ zone: TimeZone) -> Zone {
        Zone(identifier: name) { timestamp in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: timestamp.seconds))
        }
    }
}
