import Foundation

/// A TCP server on a free loopback port that runs a script, on a thread of its own, for each connection.
/// The connection is closed when its script returns.
final class ScriptedServer: Sendable {
    /// An event that the server notices.
    enum Event: Sendable, Equatable {
        /// The first line of a request.
        case request(String)
        case connectionClosed
    }

    let port: UInt16
    /// The server's events in order, for a single reader.
    let events: AsyncStream<Event>
    private let log: ServerLog
    private let listener: Int32

    init(_ script: @escaping @Sendable (ServerConnection) -> Void) throws {
        (listener, port) = try ScriptedServer.bindLoopback()
        guard listen(listener, 128) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        self.events = events
        let log = ServerLog(events: continuation)
        self.log = log
        let listener = listener
        Thread {
            while true {
                let socket = accept(listener, nil, nil)
                // Fails because of `deinit` alone.
                guard socket >= 0 else { break }
                log.noteConnection()
                Thread {
                    script(ServerConnection(socket: socket, log: log))
                    close(socket)
                }.start()
            }
            close(listener)
        }.start()
    }

    /// Answers every request of a connection with the bytes that `respond` makes of its head.
    convenience init(respond: @escaping @Sendable (String) -> [UInt8]) throws {
        try self.init { connection in
            while let head = connection.readHead() { connection.send(respond(head)) }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    var connectionCount: Int { log.connectionCount }
    /// The heads of all requests, without the blank line.
    var heads: [String] { log.heads }

    /// A socket that is bound to a free port and does not listen, so that connections to the port are
    /// refused for as long as it is open.
    static func bindLoopback() throws -> (socket: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard descriptor >= 0, isBound else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }
}

/// The server's end of a connection.
struct ServerConnection: Sendable {
    let socket: Int32
    let log: ServerLog

    /// Blocks until a request has arrived.
    ///
    /// - Returns: Nil if the client has closed the connection.
    func readHead() -> String? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
        let head = String(decoding: bytes.dropLast(4), as: UTF8.self)
        log.note(head)
        return head
    }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    func send(_ text: String) {
        send(Array(text.utf8))
    }

    /// Blocks until the client closes the connection.
    func waitForClose() {
        var byte: UInt8 = 0
        while recv(socket, &byte, 1, 0) > 0 {}
        log.noteClose()
    }
}

/// `@unchecked Sendable`: the variables are used under the lock alone.
final class ServerLog: @unchecked Sendable {
    private let lock = NSLock()
    private let events: AsyncStream<ScriptedServer.Event>.Continuation
    private var connections = 0
    private var requestHeads: [String] = []

    init(events: AsyncStream<ScriptedServer.Event>.Continuation) {
        self.events = events
    }

    var connectionCount: Int { lock.withLock { connections } }
    var heads: [String] { lock.withLock { requestHeads } }

    func noteConnection() {
        lock.withLock { connections += 1 }
    }

    func note(_ head: String) {
        lock.withLock { requestHeads.append(head) }
        events.yield(.request(String(head.prefix { $0 != "\r\n" })))
    }

    func noteClose() {
        events.yield(.connectionClosed)
    }
}
