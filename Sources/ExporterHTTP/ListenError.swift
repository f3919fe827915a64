import Glibc
import NIOCore

/// The reason for which the server cannot listen, for people.
package struct ListenError: Error, Equatable, CustomStringConvertible {
    package let source: ListenSource
    package let reason: String

    package var description: String {
        switch source {
        case .address(let address): "cannot listen on \(address): \(reason); choose another address"
        case .descriptor(let number): "cannot listen on the socket that systemd gave as descriptor \(number): \(reason)"
        }
    }

    /// Starts a server, and explains network errors.
    /// - Throws: `ListenError` for an error of the network; any other error unchanged.
    package static func explaining<Value: Sendable>(
        _ source: ListenSource, _ start: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await start()
        } catch let error as IOError {
            throw ListenError(source: source, reason: unsafe String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError.UnknownHost {
            throw ListenError(source: source, reason: "the host is not known")
        }
    }
}
