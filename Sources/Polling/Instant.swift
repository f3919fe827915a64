package import Backups
package import Northflank

/// One instant by both clocks.
package struct Instant: Sendable {
    package let wall: Timestamp
    /// Seconds.
    package let uptime: Double

    package init(wall: Timestamp, uptime: Double) {
        self.wall = wall
        self.uptime = uptime
    }

    package init(_ time: any TimeSource) {
        self.init(wall: time.wall, uptime: time.uptime)
    }

    /// The uptime of another instant by the wall clock.
    func uptime(of other: Timestamp) -> Double { uptime + Double(other.millisecondsSince(wall)) / 1000 }
}
