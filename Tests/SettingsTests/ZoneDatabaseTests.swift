import Backups
import Glibc
import Testing

@testable import Settings

/// Every zone of the system, held against another reader of the same database.
struct ZoneDatabaseTests {
    @Test("all zones have the offsets that Python reads, at every change from 1970 to 2100 and every week between")
    func everyZone() throws {
        let zones = try Self.changes()
        #expect(zones.count > 400)
        for (name, first, changes) in zones {
            let zone = try #require(TimeZones.isKnown(name) ? TimeZones.zone(name) : nil, "\(name)")
            // An error for each wrong zone, not for each instant.
            #expect(Self.differences(zone, first, changes).first == nil, "\(name)")
        }
    }

    @Test(
        "what is in the database's folder and is no zone, or is outside of it",
        arguments: [
            "", "Europe", "posix/Europe/Berlin", "right/Europe/Berlin", "localtime", "zone.tab", "Europe/Berlin ",
            "Europe/../Europe/Berlin", "/usr/share/zoneinfo/Europe/Berlin", "file:Europe/Berlin", "Fixed/UTC+01:00:00",
            "libc:localtime", "europe/berlin", "Europe/Berlin\0", "UTC+1", "Z\u{fc}rich",
        ])
    func noZone(name: String) {
        #expect(!TimeZones.isKnown(name))
    }

    private typealias Change = (instant: Int64, offset: Int)
    private static let week: Int64 = 7 * 86_400
    private static let year2100: Int64 = 4_102_444_800

    /// The instants, in seconds, at which a zone has another offset than expected.
    private static func differences(_ zone: Zone, _ first: Int, _ changes: [Change]) -> [Int64] {
        var wrong: [Int64] = []
        func check(_ milliseconds: Int64, _ offset: Int) {
            if zone.offset(Timestamp(milliseconds: milliseconds)) != offset { wrong.append(milliseconds / 1000) }
        }
        var start: Int64 = 0
        var offset = first
        for change in changes + [(instant: year2100, offset: 0)] {
            for instant in stride(from: start, to: change.instant, by: Int(week)) { check(instant * 1000, offset) }
            check(change.instant * 1000 - 1, offset)
            (start, offset) = change
        }
        return wrong
    }

    /// What `zone_changes.py` prints.
    private static func changes() throws -> [(name: String, first: Int, changes: [Change])] {
        let output = try run("python3 '\(Testdata.directory)/zone_changes.py'")
        return try output.split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            let changes = try words[2...].map { word in
                let parts = word.split(separator: ":")
                return (instant: try #require(Int64(parts[0])), offset: try #require(Int(parts[1])))
            }
            return (String(words[0]), try #require(Int(words[1])), changes)
        }
    }

    private static func run(_ command: String) throws -> String {
        let stream = try #require(popen(command, "r"))
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 { bytes += buffer[..<count] }
        #expect(pclose(stream) == 0)
        return String(decoding: bytes, as: UTF8.self)
    }
}
