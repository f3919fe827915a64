import Glibc
import Testing

@testable import ExporterHTTP

@Suite struct SystemdSocketsTests {
    /// A socket, closed with the last reference to it.
    private final class Socket {
        let descriptor: Int32

        init(_ domain: Int32, _ type: __socket_type, listens: Bool) {
            descriptor = socket(domain, Int32(type.rawValue), 0)
            // Without an address, the system chooses a free port.
            if listens { precondition(listen(descriptor, 1) == 0) }
        }

        deinit { close(descriptor) }
    }

    private func problem(_ body: () throws -> Void) -> String? {
        #expect(throws: SystemdSockets.Problem.self) { try body() }?.description
    }

    @Test(
        "the descriptors from 3 on",
        arguments: [("1", 3..<4), ("2", 3..<5), ("64", 3..<67)] as [(String, Range<Int32>)])
    func numbers(count: String, expected: Range<Int32>) throws {
        let environment = ["LISTEN_FDS": count, "LISTEN_PID": "42", "LISTEN_FDNAMES": "a:b"]
        #expect(try SystemdSockets.numbers(environment: environment, processID: 42) == expected)
    }

    @Test("without the variables there are none", arguments: [[:], ["LISTEN_FDS": "1"], ["LISTEN_PID": "42"]])
    func unset(environment: [String: String]) {
        #expect(
            problem { _ = try SystemdSockets.descriptors(environment: environment, processID: 42) }
                == "systemd passed no socket: LISTEN_FDS and LISTEN_PID are not set; "
                + "start northflank-backup-exporter.socket, or leave out --web.systemd-socket")
    }

    @Test("the sockets of another process are not ours", arguments: ["41", "", "042", "42 "])
    func otherProcess(id: String) {
        let environment = ["LISTEN_FDS": "1", "LISTEN_PID": id]
        #expect(
            problem { _ = try SystemdSockets.numbers(environment: environment, processID: 42) }
                == "systemd passed its sockets to another process: LISTEN_PID is \(id), and this process is 42; "
                + "start the exporter without a program around it")
    }

    @Test("a number that makes no sense", arguments: ["0", "-1", "65", "", "x", "1.0", "99999999999999999999"])
    func count(count: String) {
        let environment = ["LISTEN_FDS": count, "LISTEN_PID": "42"]
        #expect(
            problem { _ = try SystemdSockets.numbers(environment: environment, processID: 42) }
                == "LISTEN_FDS is \"\(count)\"; expected a number from 1 to 64")
    }

    @Test("a listening socket is accepted, and not given to programs that are started", arguments: [AF_INET, AF_INET6])
    func listening(domain: Int32) throws {
        let socket = Socket(domain, SOCK_STREAM, listens: true)
        try SystemdSockets.check(socket.descriptor)
        #expect(fcntl(socket.descriptor, F_GETFD) & FD_CLOEXEC != 0)
    }

    @Test("what does not listen for connections is refused")
    func others() {
        let silent = Socket(AF_INET, SOCK_STREAM, listens: false)
        #expect(
            problem { try SystemdSockets.check(silent.descriptor) }
                == "descriptor \(silent.descriptor) of systemd does not listen; "
                + "the socket unit needs ListenStream= and Accept=no")
        let datagrams = Socket(AF_INET, SOCK_DGRAM, listens: false)
        #expect(
            problem { try SystemdSockets.check(datagrams.descriptor) }
                == "descriptor \(datagrams.descriptor) of systemd is no stream socket; "
                + "the socket unit needs ListenStream=")
        let null = open("/dev/null", O_RDONLY)
        defer { close(null) }
        #expect(problem { try SystemdSockets.check(null) }?.contains("is no stream socket") == true)
        #expect(
            problem { try SystemdSockets.check(987_654) }
                == "descriptor 987654 of systemd is not open; check the socket unit")
    }
}
