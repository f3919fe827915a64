import CCurl

/// Connections to one origin, in a share handle of libcurl. Used by the loop's thread alone.
///
/// libcurl cannot keep new transfers away from a connection that other transfers still use: a connection of HTTP/2 takes
/// new streams although it is old, or dead. A pool as a whole is left instead, and its connections are closed with its
/// last transfer.
final class ConnectionPool {
    let origin: String
    /// The age of the oldest connection that it can have begins here.
    let openedAt: Double
    let share: UnsafeMutableRawPointer

    init(origin: String, openedAt: Double) throws(CurlError) {
        guard let share = curl_share_init() else { throw CurlError(code: CURLE_OUT_OF_MEMORY) }
        self.origin = origin
        self.openedAt = openedAt
        self.share = share
        guard ccurl_share_connections(share) == CURLSHE_OK else { throw CurlError(code: CURLE_OUT_OF_MEMORY) }
    }

    deinit {
        // Transfers hold their pool, so none of them uses the handle any more.
        curl_share_cleanup(share)
    }
}

/// The pools that new transfers use. Pure but for the handles: times are seconds of a clock that never jumps, passed in.
struct ConnectionPools {
    /// Seconds after which a pool takes no new transfers, so that connections follow a name that moves.
    private let lifetime: Double
    private var pools: [String: ConnectionPool] = [:]

    init(lifetime: Double) {
        self.lifetime = lifetime
    }

    /// The pool for a new transfer.
    mutating func pool(for origin: String, now: Double) throws(CurlError) -> ConnectionPool {
        if let pool = pools[origin], now - pool.openedAt < lifetime { return pool }
        // Origins that no transfer goes to any more keep no connections.
        pools = pools.filter { now - $0.value.openedAt < lifetime }
        let pool = try ConnectionPool(origin: origin, openedAt: now)
        pools[origin] = pool
        return pool
    }

    /// A transfer of the pool had no answer: its connection may be dead, and others of the same age and way with it.
    mutating func leave(_ pool: ConnectionPool) {
        // Transfers that were under way together have one new pool.
        if pools[pool.origin] === pool { pools[pool.origin] = nil }
    }
}
