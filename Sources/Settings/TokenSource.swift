package import Northflank
import Synchronization

/// The source of an account's token. Reads the token's file again when it changes, so that a token can be rotated
/// without a restart.
package final class TokenSource: Sendable {
    private struct State {
        var signature: FileSignature?
        var token: Secret
    }

    /// A problem with reading a token, for people.
    package struct Problem: Error, Equatable {
        package let message: String
    }

    /// Tokens are short; a larger file is the wrong file.
    private static let maxBytes = 64 * 1024

    private let reference: TokenReference
    private let state: Mutex<State>
    private let onProblem: @Sendable (Problem) -> Void

    /// - Parameter onProblem: called when a token file that was readable no longer is; the last good token then stays
    ///   in use.
    /// - Throws: `Problem` if no token can be read at the start.
    package init(
        _ reference: TokenReference, environment: [String: String],
        onProblem: @escaping @Sendable (Problem) -> Void = { _ in }
    ) throws(Problem) {
        self.reference = reference
        self.onProblem = onProblem
        switch reference {
        case .environment(let name):
            guard let value = environment[name] else {
                throw Problem(message: "environment variable \(name) is not set; expected a Northflank API token in it")
            }
            let token = try Self.token(in: value, what: "environment variable \(name)")
            state = Mutex(State(signature: nil, token: token))
        case .file(let path):
            // In this order, so that a change in between is detected next time.
            let signature = FileSignature(path: path)
            state = Mutex(State(signature: signature, token: try Self.read(path)))
        }
    }

    /// The token to use now.
    package func current() -> Secret {
        guard case .file(let path) = reference else { return state.withLock { $0.token } }
        let signature = FileSignature(path: path)
        return state.withLock { state in
            guard signature != state.signature else { return state.token }
            state.signature = signature
            do throws(Problem) { state.token = try Self.read(path) } catch { onProblem(error) }
            return state.token
        }
    }

    private static func read(_ path: String) throws(Problem) -> Secret {
        let bytes: [UInt8]
        do throws(NamedFile.Failure) {
            bytes = try NamedFile.bytes(path, limit: maxBytes)
        } catch {
            // A text that does not look like a path may be a token in the place of a path.
            let file = path.contains("/") ? "token file \(path)" : "the token file named here"
            throw Problem(message: "\(file) \(reason(error))")
        }
        return try token(in: String(decoding: bytes, as: UTF8.self), what: "token file \(path)")
    }

    private static func reason(_ failure: NamedFile.Failure) -> String {
        switch failure {
        case .missing: "does not exist; check the path and its permissions"
        case .unreadable, .silent: "cannot be read; check the path and its permissions"
        case .kind(let kind): "is \(kind); expected a regular file"
        case .tooLarge(let bytes): "has \(bytes) bytes; expected a token and nothing else"
        }
    }

    private static func token(in text: String, what: String) throws(Problem) -> Secret {
        let token = text.trimmingSpaces
        guard !token.isEmpty else { throw Problem(message: "\(what) is empty; expected a Northflank API token") }
        // The token goes into a header: anything but visible ASCII is an accident or an attack.
        guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Problem(message: "\(what) holds spaces or characters that no token has; expected one token")
        }
        return Secret(String(token))
    }
}
