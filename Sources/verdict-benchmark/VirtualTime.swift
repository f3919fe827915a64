import Backups
import Northflank
import Synchronization

/// The time of the world and the exporter's clocks. Only sleeps and requests let time pass.
final class VirtualTime: TimeSource {
    private struct State {
        var now: Seconds
        /// When the exporter's clock is wrong, by begin, and how far it is ahead then.
        var errors: [(begin: Seconds, end: Seconds, ahead: Seconds)]
        /// When the exporter started.
        var start: Seconds = 0

        /// How far the exporter's clock is ahead of the world's.
        var ahead: Seconds { errors.first { $0.begin <= now && now < $0.end }?.ahead ?? 0 }
    }

    private let state: Mutex<State>

    /// - Parameter error: of the exporter's clock, during an incident about it.
    init(_ incidents: [Incident], error: Seconds) {
        let errors = incidents.compactMap { incident -> (Seconds, Seconds, Seconds)? in
            switch incident.kind {
            case .clockAhead: (incident.begin, incident.end, error)
            case .clockBehind: (incident.begin, incident.end, -error)
            default: nil
            }
        }
        state = Mutex(State(now: 0, errors: errors))
    }

    /// The world's time.
    var now: Seconds { state.withLock { $0.now } }
    var wall: Timestamp { state.withLock { ($0.now + $0.ahead).instant } }
    var uptime: Double { state.withLock { $0.now - $0.start } }
    var isWrong: Bool { state.withLock { $0.ahead != 0 } }

    /// How far the exporter's clock is ahead of the world's at an instant.
    func ahead(at time: Seconds) -> Seconds {
        state.withLock { state in state.errors.first { $0.begin <= time && time < $0.end }?.ahead ?? 0 }
    }

    func sleep(until uptime: Double) async throws { advance(to: state.withLock { $0.start } + uptime) }

    func advance(to time: Seconds) { state.withLock { $0.now = max($0.now, time) } }

    /// A new process begins.
    func restart() { state.withLock { $0.start = $0.now } }
}
