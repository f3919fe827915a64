package import Northflank
import Synchronization

/// Shows whether the accounts' polling goes on. A runner takes a step at least once a second, unless it waits for an
/// operation that does not end, such as a write to a disk that hangs.
package final class Pulse: Sendable {
    /// Seconds without a step after which a runner stands still. A slow disk needs less than that.
    package static let patience = 120.0

    /// The uptime of each account's last step; without accounts that are not polled.
    private let steps = Mutex<[String: Double]>([:])
    /// Real time, because a disk is no faster when the exporter's time is.
    package let time: any TimeSource

    package init(time: any TimeSource) { self.time = time }

    package func beat(_ account: String) {
        let now = time.uptime
        steps.withLock { $0[account] = now }
    }

    package func ended(_ account: String) {
        steps.withLock { $0[account] = nil }
    }

    /// The accounts whose polling stands still, sorted, with the seconds since their last step.
    package var standstills: [(account: String, seconds: Double)] {
        let now = time.uptime
        return steps.withLock { $0.filter { now - $0.value > Self.patience } }
            .map { ($0.key, now - $0.value) }.sorted { $0.account < $1.account }
    }
}
