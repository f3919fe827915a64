package import Fleet
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
package import Settings
import Synchronization
import Users

/// Who may ask, and how: the web configuration in force. Its files are read again when they change; while they are not
/// right, the last right ones stay in force.
package final class WebAccess: Sendable {
    private struct State {
        var configuration = WebConfiguration()
        var tls: TLSContext?
        var limiter: RateLimiter?
        /// Nil without users.
        var passwords: PasswordCheck?
        var signature: WebConfigurationFile.Signature?
        var isGood: Bool?
        var refused: [WebStatus.Refusal: Int] = [:]
        /// When a failed handshake is logged again.
        var nextHandshakeLine = NIODeadline.distantPast
    }

    private let path: String?
    /// Whether questions about health need neither user nor rate.
    private let opensHealth: Bool
    private let connections: Connections
    private let log: Logger
    private let state = Mutex(State())

    /// - Parameter path: the web configuration; nil to answer every client over plain HTTP.
    /// - Throws: `ConfigurationError` with every problem.
    package init(
        path: String?, opensHealth: Bool = false, connections: Connections, log: Logger
    ) throws(ConfigurationError) {
        self.path = path
        self.opensHealth = opensHealth
        self.connections = connections
        self.log = log
        guard let path else { return }
        let file = WebConfigurationFile(path: path)
        let signature = file.signature()
        try take(file.load(), path, signature)
    }

    /// Checks whether certificates, keys and authorities are some, and fit each other.
    package static func check(_ configuration: WebConfiguration, file: String) throws(ConfigurationError) {
        _ = try context(configuration, file: file)
    }

    private static func context(
        _ configuration: WebConfiguration, file: String
    ) throws(ConfigurationError) -> TLSContext? {
        guard let tls = configuration.tls else { return nil }
        return try TLSContext(tls, allowsHTTP2: configuration.allowsHTTP2, file: file)
    }

    /// How new connections are encrypted; nil for plain HTTP.
    var tls: TLSContext? { state.withLock { $0.tls } }

    package var isConfigured: Bool { path != nil }

    package var isEncrypted: Bool { tls != nil }

    package var hasUsers: Bool { state.withLock { !$0.configuration.users.isEmpty } }

    package var status: WebStatus {
        var status = WebStatus()
        (status.connections, status.ended) = connections.status
        (status.isConfigurationGood, status.refused) = state.withLock { ($0.isGood, $0.refused) }
        return status
    }

    /// Reads the files again if they have changed.
    package func refresh() {
        guard let path else { return }
        let file = WebConfigurationFile(path: path)
        let signature = file.signature()
        guard state.withLock({ $0.signature != signature }) else { return }
        do throws(ConfigurationError) {
            let before = state.withLock { $0.configuration.tls }
            try take(file.load(), path, signature)
            log.info("web configuration reloaded", metadata: ["file": "\(path)"])
            // Certificates of clients were checked by the old rules.
            if state.withLock({ $0.configuration.tls }) != before { connections.quiesce() }
        } catch {
            state.withLock { ($0.signature, $0.isGood) = (signature, false) }
            for problem in error.problems {
                log.error("web configuration reload failed", metadata: ["error": "\(problem)", "keeps": "previous"])
            }
        }
    }

    private func take(
        _ configuration: WebConfiguration, _ path: String, _ signature: WebConfigurationFile.Signature
    ) throws(ConfigurationError) {
        let tls = try Self.context(configuration, file: path)
        for warning in configuration.warnings { log.warning("web configuration", metadata: ["problem": "\(warning)"]) }
        state.withLock { state in
            if state.configuration.rateLimit != configuration.rateLimit { state.limiter = nil }
            if state.configuration.users != configuration.users {
                // Without the results of the old ones.
                state.passwords = configuration.users.isEmpty ? nil : PasswordCheck(users: configuration.users)
            }
            (state.configuration, state.tls) = (configuration, tls)
            (state.signature, state.isGood) = (signature, true)
        }
    }

    /// Why a request is not answered; nil if it is.
    func refusal(_ request: Request, now: NIODeadline) async -> WebStatus.Refusal? {
        if opensHealth, ExporterResponder.healthPaths.contains(request.uri.path) { return nil }
        let (isTooMany, passwords) = state.withLock { state in
            guard let limit = state.configuration.rateLimit else { return (false, state.passwords) }
            if state.limiter == nil { state.limiter = RateLimiter(limit, now: now) }
            return (state.limiter?.allows(now: now) == false, state.passwords)
        }
        let refusal = isTooMany ? .rate : await passwords?.refusal(request.headers[.authorization])
        if let refusal { state.withLock { $0.refused[refusal, default: 0] += 1 } }
        return refusal
    }

    /// Logs why a client could not connect, once a minute at most, because any client can cause it.
    func noteHandshake(_ reason: String, of client: SocketAddress?, now: NIODeadline) {
        let isDue = state.withLock { state in
            guard now >= state.nextHandshakeLine else { return false }
            state.nextHandshakeLine = now + .minutes(1)
            return true
        }
        guard isDue else { return }
        log.info(
            "TLS handshake failed", metadata: ["client": "\(client?.ipAddress ?? "unknown")", "error": "\(reason)"])
    }

    /// Adds the headers that every response has.
    func addHeaders(to response: inout Response) {
        for header in state.withLock({ $0.configuration.headers }) {
            if let name = HTTPField.Name(header.name) { response.headers[name] = header.value }
        }
    }
}

extension PasswordCheck {
    /// - Parameter header: nil if the request has none.
    fileprivate func refusal(_ header: String?) async -> WebStatus.Refusal? {
        guard let header, let credentials = BasicCredentials(header: header) else { return .user }
        return switch await check(user: credentials.user, password: credentials.password) {
        case .allowed: nil
        case .denied: .user
        case .busy: .busy
        }
    }
}
