import NIOCore

/// Which connections there are, and which of them may stay: pure decisions, so that no number of clients keeps Prometheus
/// or a health probe out.
struct ConnectionTable {
    /// How many connections there may be.
    struct Limits: Equatable, Sendable {
        var connections: Int
        /// Connections beyond the limit that are for this machine and for questions about health.
        var reserved = 16

        /// Connections of one client that is not this machine.
        var perPeer: Int { max(1, connections / 4) }
    }

    struct Admission: Equatable {
        var id: UInt64
        /// Whether it takes a reserved place, where only health is answered.
        var isForHealthOnly = false
        /// The connection that has to go for it.
        var evicted: UInt64?
    }

    private struct Entry {
        let peer: Peer
        /// Whether a whole request waits for its response.
        var isBusy = false
        /// Since when it is busy, or is not.
        var since: NIODeadline
    }

    /// After this time a response may be cut for another client, if every place is taken by one; before it, if the
    /// reserved places are, too.
    static let patience = TimeAmount.seconds(5)

    var limits: Limits
    private var entries: [UInt64: Entry] = [:]
    private var counts: [Peer: Int] = [:]
    private var next: UInt64 = 0

    init(_ limits: Limits) { self.limits = limits }

    var count: Int { entries.count }

    /// Takes a new connection in; nil if its client has enough.
    mutating func admit(_ peer: Peer, now: NIODeadline) -> Admission? {
        var evicted: UInt64?
        if peer != .local, counts[peer, default: 0] >= limits.perPeer {
            evicted = weakest(of: peer, now: now)
            if evicted == nil { return nil }
        } else if count >= limits.connections {
            evicted = weakest(of: nil, now: now)
            if evicted == nil, count >= limits.connections + limits.reserved {
                evicted = weakest(of: nil, now: now, patience: .zero)
            }
        }
        if let evicted { remove(evicted) }
        let isReserved = count >= limits.connections
        next += 1
        entries[next] = Entry(peer: peer, since: now)
        counts[peer, default: 0] += 1
        return Admission(id: next, isForHealthOnly: isReserved && peer != .local, evicted: evicted)
    }

    /// Notes that a whole request has come, or that its response is sent.
    mutating func set(_ id: UInt64, isBusy: Bool, now: NIODeadline) {
        guard entries[id]?.isBusy != isBusy else { return }
        entries[id]?.isBusy = isBusy
        entries[id]?.since = now
    }

    /// Returns whether the connection was there.
    @discardableResult
    mutating func remove(_ id: UInt64) -> Bool {
        guard let peer = entries.removeValue(forKey: id)?.peer else { return false }
        let rest = counts[peer, default: 1] - 1
        counts[peer] = rest > 0 ? rest : nil
        return true
    }

    /// The connection that is missed least: of the client with the most, rather one that waits for a request than one
    /// whose response takes long, and the oldest of these.
    ///
    /// - Parameter peer: nil for that of any client.
    private func weakest(of peer: Peer?, now: NIODeadline, patience: TimeAmount = Self.patience) -> UInt64? {
        entries.lazy
            .filter { peer == nil || $0.value.peer == peer }
            .filter { !$0.value.isBusy || $0.value.since + patience <= now }
            .min { rank($0) < rank($1) }?.key
    }

    private func rank(_ element: (key: UInt64, value: Entry)) -> (Int, Int, NIODeadline, UInt64) {
        let entry = element.value
        return (-counts[entry.peer, default: 0], entry.isBusy ? 1 : 0, entry.since, element.key)
    }
}
