import NIOCore
import Testing

@testable import ExporterHTTP

/// Who stays when there are more connections than places.
@Suite struct ConnectionTableTests {
    private static let prometheus = Peer.v4([10, 0, 0, 1])
    private static let attacker = Peer.v4([10, 0, 0, 2])

    private static func at(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(seconds) }

    /// The ids of connections of one peer that came a second apart.
    private static func fill(_ table: inout ConnectionTable, _ peer: Peer, _ count: Int, from second: Int64 = 0)
        -> [UInt64]
    {
        (0..<count).compactMap { table.admit(peer, now: at(second + Int64($0)))?.id }
    }

    @Test("a client has a quarter of the places, and its own oldest waiting connection makes room for a further one")
    func perPeer() {
        var table = ConnectionTable(.init(connections: 16, reserved: 2))
        let ids = Self.fill(&table, Self.attacker, 4)
        #expect(table.count == 4)
        let first = table.admit(Self.attacker, now: Self.at(9))
        #expect(first == .init(id: 5, evicted: ids[0]))
        #expect(table.count == 4)
        let second = table.admit(Self.prometheus, now: Self.at(9))
        #expect(second == .init(id: 6))
    }

    @Test("a client whose places all send responses gets no further one, until they take longer than five seconds")
    func busyPeer() {
        var table = ConnectionTable(.init(connections: 16, reserved: 2))
        let ids = Self.fill(&table, Self.attacker, 4)
        for id in ids { table.set(id, isBusy: true, now: Self.at(10)) }
        let first = table.admit(Self.attacker, now: Self.at(14))
        #expect(first == nil)
        let second = table.admit(Self.attacker, now: Self.at(15))
        #expect(second?.evicted == ids[0])
    }

    @Test("this machine may have every place; when all are taken, the oldest that waits goes")
    func local() {
        var table = ConnectionTable(.init(connections: 8, reserved: 2))
        let ids = Self.fill(&table, .local, 8)
        table.set(ids[0], isBusy: true, now: Self.at(8))
        let admission = table.admit(.local, now: Self.at(9))
        #expect(admission == .init(id: 9, evicted: ids[1]))
        #expect(table.count == 8)
    }

    @Test(
        "the client with the most connections gives a place up for another one, rather than the one that waits longest")
    func largest() {
        var table = ConnectionTable(.init(connections: 8, reserved: 2))
        let scraper = Self.fill(&table, Self.prometheus, 1)
        let others = Self.fill(&table, .local, 7, from: 100)
        let admission = table.admit(.v4([10, 0, 0, 3]), now: Self.at(200))
        #expect(admission?.evicted == others[0])
        #expect(!scraper.isEmpty)
    }

    @Test("one that waits goes before one whose response takes long, though that is older")
    func waitingFirst() {
        var table = ConnectionTable(.init(connections: 8, reserved: 2))
        let ids = Self.fill(&table, .local, 8)
        for id in ids.dropLast() { table.set(id, isBusy: true, now: Self.at(8)) }
        let first = table.admit(.local, now: Self.at(100))
        #expect(first?.evicted == ids[7])
        let second = table.admit(.local, now: Self.at(100))
        #expect(second?.evicted == 9)
    }

    @Test("while every place sends a response, reserved ones are left: for health, and for this machine without limit")
    func reserved() {
        var table = ConnectionTable(.init(connections: 8, reserved: 2))
        let ids = Self.fill(&table, .local, 8)
        for id in ids { table.set(id, isBusy: true, now: Self.at(8)) }
        let remote = table.admit(Self.prometheus, now: Self.at(9))
        #expect(remote == .init(id: 9, isForHealthOnly: true))
        table.set(9, isBusy: true, now: Self.at(9))
        let local = table.admit(.local, now: Self.at(9))
        #expect(local == .init(id: 10))
        table.set(10, isBusy: true, now: Self.at(9))
        #expect(table.count == 10)
        // Now the longest response is cut, so that health is never out of reach.
        let next = table.admit(Self.prometheus, now: Self.at(9))
        #expect(next == .init(id: 11, isForHealthOnly: true, evicted: ids[0]))
        #expect(table.count == 10)
    }

    @Test("a place is free when its connection has ended, and counts for its client no more")
    func removed() {
        var table = ConnectionTable(.init(connections: 16, reserved: 0))
        let ids = Self.fill(&table, Self.attacker, 4)
        let first = table.remove(ids[2])
        #expect(first)
        let second = table.remove(ids[2])
        #expect(!second)
        let third = table.admit(Self.attacker, now: Self.at(9))
        #expect(third == .init(id: 5))
    }

    @Test(
        "addresses that one client can use are one peer",
        arguments: [
            ("10.0.0.1", Peer.v4([10, 0, 0, 1])), ("::ffff:10.0.0.1", .v4([10, 0, 0, 1])),
            ("127.0.0.1", .local), ("127.9.9.9", .local), ("::1", .local), ("::ffff:127.0.0.1", .local),
            ("2001:db8:1:2:3:4:5:6", .v6Network([0x20, 1, 0x0D, 0xB8, 0, 1, 0, 2])),
            ("2001:db8:1:2::9", .v6Network([0x20, 1, 0x0D, 0xB8, 0, 1, 0, 2])),
        ])
    func peers(_ address: String, _ peer: Peer) throws {
        #expect(try Peer(SocketAddress(ipAddress: address, port: 1)) == peer)
    }

    @Test("a socket in the file system is of this machine")
    func unixSocket() throws {
        #expect(try Peer(SocketAddress(unixDomainSocketPath: "/x")) == .local)
        #expect(Peer(nil) == .local)
    }
}
