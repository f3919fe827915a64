import Glibc

/// The sockets that systemd opened for the exporter: the protocol of sd_listen_fds(3), in which they are the descriptors
/// from 3 on.
package enum SystemdSockets {
    /// The reason for which there are no sockets to serve on, for people.
    package struct Problem: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    private static let first: Int32 = 3
    /// Far more than a unit has; with more, the variable is wrong.
    private static let maxCount: Int32 = 64

    /// The descriptors of listening sockets, which this process alone has from now on.
    ///
    /// The variables stay: they name this process, so that a program that it starts does not take them for its own.
    ///
    /// - Parameter processID: the number of this process.
    package static func descriptors(environment: [String: String], processID: Int32) throws(Problem) -> [Int32] {
        let descriptors = try numbers(environment: environment, processID: processID)
        for descriptor in descriptors { try check(descriptor) }
        return Array(descriptors)
    }

    /// The numbers that the environment announces.
    static func numbers(environment: [String: String], processID: Int32) throws(Problem) -> Range<Int32> {
        guard let count = environment["LISTEN_FDS"], let process = environment["LISTEN_PID"] else {
            throw Problem(
                description: "systemd passed no socket: LISTEN_FDS and LISTEN_PID are not set; "
                    + "start northflank-backup-exporter.socket, or leave out --web.systemd-socket")
        }
        guard process == "\(processID)" else {
            throw Problem(
                description: "systemd passed its sockets to another process: LISTEN_PID is \(process), "
                    + "and this process is \(processID); start the exporter without a program around it")
        }
        guard let count = Int32(count), (1...maxCount).contains(count) else {
            throw Problem(description: "LISTEN_FDS is \"\(count)\"; expected a number from 1 to \(maxCount)")
        }
        return first..<first + count
    }

    /// Checks that a descriptor is a listening socket, and keeps it from programs that this process starts.
    static func check(_ descriptor: Int32) throws(Problem) {
        let place = "descriptor \(descriptor) of systemd"
        guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
            throw Problem(description: "\(place) is not open; check the socket unit")
        }
        guard option(SO_TYPE, of: descriptor) == Int32(SOCK_STREAM.rawValue) else {
            throw Problem(description: "\(place) is no stream socket; the socket unit needs ListenStream=")
        }
        guard option(SO_ACCEPTCONN, of: descriptor) == 1 else {
            throw Problem(description: "\(place) does not listen; the socket unit needs ListenStream= and Accept=no")
        }
        guard [AF_INET, AF_INET6, AF_UNIX].contains(option(SO_DOMAIN, of: descriptor)) else {
            throw Problem(description: "\(place) is no socket of TCP or a path; check ListenStream= of the socket unit")
        }
    }

    /// Nil for what is no socket.
    private static func option(_ name: Int32, of descriptor: Int32) -> Int32? {
        var value: Int32 = 0
        var size = socklen_t(MemoryLayout.size(ofValue: value))
        return unsafe getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : nil
    }
}
