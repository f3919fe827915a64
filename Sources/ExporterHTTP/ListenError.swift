import Glibc
import NIOCore

/// The reason for which the server cannot listen on an address, for people.
package struct ListenError: Error, Equatable, CustomStringConvertible {
    package let address: ListenAddress
    package let reason: String

    package var description: String { "cannot listen on \(address): \(reason); choose another address" }

    /// Runs a server, and explains network errors.
    /// - Throws: `ListenError` for an error of the network; any other error unchanged.
    package static func explaining(_ address: ListenAddress, _ server: () async throws -> Void) async throws {
        do {
            try await server()
        } catch let error as IOError {
            throw ListenError(address: address, reason: unsafe String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError.UnknownHost {
            throw ListenError(address: address, reason: "the host is not known")
        }
    }
}
