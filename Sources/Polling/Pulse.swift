package import Northflank
import Synchronization

/// Tells whether the accounts' polling goes on. A runner takes a step each second at least, unless what it waits for
/// never comes: a disk, say, on which the history lies.
package final class Pulse: Sendable {
    /// Seconds without a step after which a runner stands still. A disk may be slow; nothing takes two minutes.
    package static let patience = 120.0

    /// By account, the uptime of the last step; without the accounts that nobody polls.
    private let steps = Mutex<[String: Double]>([:])
    /// Real time: a disk is no faster where the exporter's time is.
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
