import Foundation
import Testing

@testable import CurlClient

/// Which connection a request is sent on, and how long one lives.
@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
    /// A server whose connections answer their first request together with another one, so that two are open, and
    /// swallow all further requests, except on later connections.
    private static func makeSwallowingServer(connections: Int) throws -> ScriptedServer {
        let barrier = Barrier(size: connections)
        let opened = Counter()
        return try ScriptedServer { connection in
            let isOld = opened.next() <= connections
            guard connection.readHead() != nil else { return }
            if isOld { barrier.pass() }
            connection.send(http())
            while connection.readHead() != nil { if !isOld { connection.send(http()) } }
        }
    }

    private static func open(_ count: Int, _ client: CurlClient, _ server: ScriptedServer) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count { group.addTask { _ = try await client.perform(server.request()) } }
            try await group.waitForAll()
        }
    }

    @Test("after a request that got no byte the next goes out on a fresh connection, not on another old one")
    func swallowed() async throws {
        let server = try Self.makeSwallowingServer(connections: 3)
        let client = CurlClient()
        try await Self.open(3, client, server)
        #expect(server.connectionCount == 3)
        var request = server.request("/swallowed")
        request.totalTimeout = .milliseconds(100)
        #expect(await client.failure(request)?.kind == .timeout)
        #expect(server.connectionCount == 3)
        let response = try await client.perform(server.request("/again"))
        #expect(response.connectionsOpened == 1)
        #expect(try await client.perform(server.request()).connectionsOpened == 0)
        #expect(server.connectionCount == 4)
    }

    @Test("an answer that began shows that the way works: other connections stay")
    func begun() async throws {
        let barrier = Barrier(size: 2)
        let server = try ScriptedServer { connection in
            while let head = connection.readHead() {
                if head.hasPrefix("GET /slow") {
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
                } else {
                    if head.hasPrefix("GET /first") { barrier.pass() }
                    connection.send(http())
                }
            }
        }
        let client = CurlClient()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { _ = try await client.perform(server.request("/first")) } }
            try await group.waitForAll()
        }
        var request = server.request("/slow")
        request.totalTimeout = .milliseconds(100)
        #expect(await client.failure(request)?.kind == .timeout)
        #expect(try await client.perform(server.request()).connectionsOpened == 0)
        #expect(server.connectionCount == 2)
    }

    @Test("requests that are under way on an old connection are not disturbed")
    func underWay() async throws {
        let gate = Gate()
        let server = try ScriptedServer { connection in
            while let head = connection.readHead() {
                if head.hasPrefix("GET /swallowed") { continue }
                if head.hasPrefix("GET /slow") { gate.wait() }
                connection.send(http())
            }
        }
        let client = CurlClient()
        async let slow = client.perform(server.request("/slow"))
        var events = server.events.makeAsyncIterator()
        #expect(await events.next() == .request("GET /slow HTTP/1.1"))
        var request = server.request("/swallowed")
        request.totalTimeout = .milliseconds(100)
        #expect(await client.failure(request)?.kind == .timeout)
        #expect(try await client.perform(server.request()).connectionsOpened == 1)
        gate.open()
        #expect(try await slow.status == 200)
    }

    @Test("a server that cannot be reached takes no connection from others")
    func otherOrigin() async throws {
        let server = try ScriptedServer { _ in http() }
        let stalled = try ScriptedServer { connection in if connection.readHead() != nil { connection.waitForClose() } }
        let client = CurlClient()
        _ = try await client.perform(server.request())
        var request = stalled.request()
        request.totalTimeout = .milliseconds(100)
        #expect(await client.failure(request)?.kind == .timeout)
        #expect(try await client.perform(server.request()).connectionsOpened == 0)
    }

    @Test("a connection that is too old takes no new requests and is closed")
    func lifetime() async throws {
        let server = try ScriptedServer { connection in
            while connection.readHead() != nil { connection.send(http()) }
            connection.log.noteClose()
        }
        let client = CurlClient(connectionLifetime: .zero)
        #expect(try await client.perform(server.request("/1")).connectionsOpened == 1)
        #expect(try await client.perform(server.request("/2")).connectionsOpened == 1)
        var events = server.events.makeAsyncIterator()
        #expect(await events.next() == .request("GET /1 HTTP/1.1"))
        let rest = [await events.next(), await events.next()]
        #expect(rest.contains(.connectionClosed) && rest.contains(.request("GET /2 HTTP/1.1")))
    }

    @Test("a pool is used until it is as old as a connection may be, and one that was left never again")
    func pools() throws {
        var pools = ConnectionPools(lifetime: 600)
        let first = try pools.pool(for: "a", now: 100)
        #expect(try pools.pool(for: "a", now: 699.9) === first)
        #expect(try pools.pool(for: "b", now: 100) !== first)
        let second = try pools.pool(for: "a", now: 700)
        #expect(second !== first)
        pools.leave(first)
        #expect(try pools.pool(for: "a", now: 701) === second)
        pools.leave(second)
        let third = try pools.pool(for: "a", now: 701)
        #expect(third !== second)
        #expect(third.openedAt == 701)
    }

    @Test("the kernel looks whether the other end of a connection is still there")
    func socketOptions() async throws {
        let server = try ScriptedServer { _ in http() }
        let client = CurlClient()
        _ = try await client.perform(server.request())
        let socket = try #require((0..<4096).first { Self.peerPort(of: $0) == server.port })
        func option(_ level: Int32, _ name: Int32) -> Int32 {
            var value: Int32 = -1
            var size = socklen_t(MemoryLayout<Int32>.size)
            getsockopt(socket, level, name, &value, &size)
            return value
        }
        #expect(option(SOL_SOCKET, SO_KEEPALIVE) == 1)
        #expect(option(Int32(IPPROTO_TCP), TCP_KEEPIDLE) == 30)
        #expect(option(Int32(IPPROTO_TCP), TCP_KEEPINTVL) == 10)
        #expect(option(Int32(IPPROTO_TCP), TCP_USER_TIMEOUT) == 20_000)
    }

    private static func peerPort(of descriptor: Int32) -> UInt16? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isConnected = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &length) == 0 }
        }
        return isConnected && address.sin_family == sa_family_t(AF_INET) ? UInt16(bigEndian: address.sin_port) : nil
    }
}

/// Counts from 1.
///
/// `@unchecked Sendable`: the variable is used under the lock alone.
private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0

    func next() -> Int {
        lock.withLock {
            count += 1
            return count
        }
    }
}
