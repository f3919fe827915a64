package import Fleet
import NIOCore
import Synchronization

/// The connections of all addresses that are listened on.
package final class Connections: Sendable {
    private struct State {
        var table: ConnectionTable
        var channels: [UInt64: any Channel] = [:]
        /// The channels that take a reserved place.
        var healthOnly: Set<ObjectIdentifier> = []
        var ended: [WebStatus.End: Int] = [:]
        var isShuttingDown = false
        /// Resumed when the last connection has ended.
        var waiting: [CheckedContinuation<Void, Never>] = []
        /// Sockets that are not closed, those of connections that have lost their place included.
        var sockets = 0
    }

    /// Sockets that may wait for their close beside the connections that have a place.
    static let closing = 16

    let paceLimits: RequestPace.Limits
    private let state: Mutex<State>

    /// - Parameter limit: connections at the same time, without the reserved ones.
    package convenience init(limit: Int) {
        self.init(ConnectionTable.Limits(connections: limit), RequestPace.Limits())
    }

    init(_ limits: ConnectionTable.Limits, _ paceLimits: RequestPace.Limits) {
        state = Mutex(State(table: ConnectionTable(limits)))
        self.paceLimits = paceLimits
    }

    /// Whether there is a descriptor for one more connection.
    var mayAccept: Bool {
        state.withLock { $0.sockets < $0.table.limits.connections + $0.table.limits.reserved + Self.closing }
    }

    func accepted() { state.withLock { $0.sockets += 1 } }

    func left() { state.withLock { $0.sockets -= 1 } }

    /// How many connections there are, and how others ended.
    package var status: (open: Int, ended: [WebStatus.End: Int]) { state.withLock { ($0.table.count, $0.ended) } }

    /// Finds a place for a connection, and closes the one that had it; nil if there is none.
    func open(_ channel: any Channel) -> ConnectionTable.Admission? {
        let peer = Peer(channel.remoteAddress)
        let (admission, evicted) = state.withLock { state in
            guard !state.isShuttingDown, let admission = state.table.admit(peer, now: channel.eventLoop.now) else {
                state.ended[.refused, default: 0] += 1
                return (nil as ConnectionTable.Admission?, nil as (any Channel)?)
            }
            state.channels[admission.id] = channel
            if admission.isForHealthOnly { state.healthOnly.insert(ObjectIdentifier(channel)) }
            guard let id = admission.evicted else { return (admission, nil) }
            state.ended[.evicted, default: 0] += 1
            return (admission, state.channels[id])
        }
        evicted?.pipeline.fireUserInboundEventTriggered(MustEnd())
        return admission
    }

    func setBusy(_ id: UInt64, _ isBusy: Bool, now: NIODeadline) {
        state.withLock { $0.table.set(id, isBusy: isBusy, now: now) }
    }

    /// Forgets a connection that is closed.
    func close(_ id: UInt64) {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.table.remove(id)
            if let channel = state.channels.removeValue(forKey: id) {
                state.healthOnly.remove(ObjectIdentifier(channel))
            }
            guard state.channels.isEmpty else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func count(_ end: WebStatus.End) { state.withLock { $0.ended[end, default: 0] += 1 } }

    /// - Parameter channel: a connection, or a stream of one.
    func isForHealthOnly(_ channel: any Channel) -> Bool {
        state.withLock { state in
            // Nearly always so, and the rest takes the channel's own lock.
            guard !state.healthOnly.isEmpty else { return false }
            return state.healthOnly.contains(ObjectIdentifier(channel))
                || channel.parent.map { state.healthOnly.contains(ObjectIdentifier($0)) } ?? false
        }
    }

    /// Ends every connection: at once, or after the response that is being sent.
    func quiesce() { fire(ChannelShouldQuiesceEvent()) }

    /// Ends every connection as `quiesce` does, and lets no new one in.
    func shutDown() {
        state.withLock { $0.isShuttingDown = true }
        quiesce()
    }

    /// Ends every connection at once.
    func endAll() {
        state.withLock { $0.isShuttingDown = true }
        fire(MustEnd())
    }

    /// Returns when no connection is left.
    func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let isEnded = state.withLock { state in
                if !state.channels.isEmpty { state.waiting.append(continuation) }
                return state.channels.isEmpty
            }
            if isEnded { continuation.resume() }
        }
    }

    private func fire(_ event: some Sendable) {
        for channel in state.withLock({ Array($0.channels.values) }) {
            channel.pipeline.fireUserInboundEventTriggered(event)
        }
    }
}

/// The event for a connection that has to end at once.
struct MustEnd: Sendable {}
