package import Northflank
import Synchronization

/// Shows whether the accounts' polling goes on. A runner takes a step at least once a second, unless it waits for an
/// operation that does not end, such as a write to a disk that hangs.
package final class Pulse: Sendable {
    /// Seconds without a step after which a runner stands still. A slow disk needs less than that.
    package static let patience = 120.0

    /// Seconds between two looks after which the whole process did not run: the machine was suspended, or the process was
    /// paused.
    static let longestGap = 30.0

    private struct Step {
        /// The uptime; later if the process was paused since.
        var time: Double
        /// Whether a pause since the step was left out. Only one is, so that looks that are rare cannot hide a standstill.
        var isLater = false
    }

    private struct State {
        /// Each account's last step; without accounts that are not polled.
        var steps: [String: Step] = [:]
        /// The uptime of the last look; nil if nothing looks regularly.
        var lastLook: Double?

        mutating func look(_ now: Double) {
            guard let last = lastLook else { return }
            lastLook = now
            guard now - last > Pulse.longestGap else { return }
            for (account, step) in steps where !step.isLater { steps[account] = Step(time: now, isLater: true) }
        }
    }

    private let state = Mutex(State())
    /// Real time, because a disk is no faster when the exporter's time is.
    package let time: any TimeSource

    package init(time: any TimeSource) { self.time = time }

    /// Says that from now on `standstills` is read at least every ten seconds. The time of a longer gap is not that of a
    /// standstill.
    package func beginLooking() {
        let now = time.uptime
        state.withLock { $0.lastLook = now }
    }

    package func beat(_ account: String) {
        let now = time.uptime
        state.withLock { $0.steps[account] = Step(time: now) }
    }

    package func ended(_ account: String) {
        state.withLock { $0.steps[account] = nil }
    }

    /// The accounts whose polling stands still, sorted, with the seconds since their last step.
    package var standstills: [(account: String, seconds: Double)] {
        let now = time.uptime
        let steps = state.withLock { state in
            state.look(now)
            return state.steps
        }
        return steps.filter { now - $0.value.time > Self.patience }
            .map { ($0.key, now - $0.value.time) }.sorted { $0.account < $1.account }
    }
}
