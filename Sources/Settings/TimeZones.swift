package import Backups
import CTimeZones

/// The time zones of the IANA database, as the system has it (the package `tzdata`).
package enum TimeZones {
    /// The zones that backups can show: the usual ones first, since of two that fit, the first one counts, and then each
    /// whole hour. Without those that the system does not have.
    package static let candidates: [Zone] = (usual + hours).compactMap(find)

    private static let usual = [
        "UTC", "Europe/London", "Europe/Berlin", "Europe/Helsinki", "America/New_York", "America/Chicago",
        "America/Denver", "America/Los_Angeles", "America/Phoenix", "America/Anchorage", "Pacific/Honolulu",
        "America/Halifax", "America/St_Johns", "America/Sao_Paulo", "Europe/Istanbul", "Africa/Lagos",
        "Africa/Johannesburg", "Africa/Nairobi", "Asia/Dubai", "Asia/Tehran", "Asia/Karachi", "Asia/Kolkata",
        "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Singapore", "Asia/Tokyo",
        "Australia/Adelaide", "Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland",
    ]

    /// The sign is that of POSIX: `Etc/GMT+5` is five hours west of UTC.
    private static let hours = (1...14).flatMap { ["Etc/GMT-\($0)"] + ($0 <= 12 ? ["Etc/GMT+\($0)"] : []) }

    static func isKnown(_ name: String) -> Bool { find(name) != nil }

    /// - Parameter isAutoAllowed: whether the value can be `auto` as well.
    static func problem(_ name: String, isAutoAllowed: Bool = true) -> String {
        let folder = unsafe String(cString: nbe_zone_folder())
        // Every system with the database has this zone.
        guard isKnown("Europe/Berlin") else {
            return """
                time zone "\(name)" cannot be read, because the system's time zone data is missing at \(folder): \
                install the package tzdata
                """
        }
        let auto = isAutoAllowed ? "auto, or " : ""
        return "\"\(name)\" is not a known time zone; expected \(auto)a name such as \"Europe/Berlin\" or \"UTC\""
    }

    /// - Parameter name: UTC is used for an unknown name, which a configuration cannot contain.
    package static func zone(_ name: String) -> Zone { find(name) ?? .utc }

    /// UTC is known without the system's data.
    private static func find(_ name: String) -> Zone? {
        if name == "UTC" { return .utc }
        guard isName(name), let zone = unsafe nbe_zone_load(name).map(SystemZone.init) else { return nil }
        return Zone(identifier: name) { timestamp in zone.offset(at: timestamp) }
    }

    /// Whether a text has the form of a zone's name. The database's folder has more files than zones, their names begin
    /// with a small letter.
    private static func isName(_ name: String) -> Bool {
        name.utf8.first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ?? false
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"),
                    UInt8(ascii: "+"):
                    true
                default: false
                }
            }
    }
}

/// A zone of the system's database, which never changes and is never freed, so that all threads can use it.
@safe private struct SystemZone: @unchecked Sendable {
    private let zone: OpaquePointer

    init(_ zone: OpaquePointer) { unsafe self.zone = zone }

    /// Seconds east of UTC.
    func offset(at timestamp: Timestamp) -> Int {
        let milliseconds = timestamp.milliseconds
        // Rounded down, also before 1970.
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        return Int(unsafe nbe_zone_offset(zone, rest < 0 ? seconds - 1 : seconds))
    }
}
