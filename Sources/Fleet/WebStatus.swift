/// What the HTTP server shows of itself.
package struct WebStatus: Equatable, Sendable {
    /// Why the server has ended a connection that the client had not ended; the raw values are labels.
    package enum End: String, CaseIterable, Sendable {
        /// There was no place for it.
        case refused
        /// Its place was needed for another client.
        case evicted
        /// The TLS handshake failed.
        case handshake
        /// The client took too long for the head of a request, which the TLS handshake precedes.
        case slowHead = "slow_head"
        case slowBody = "slow_body"
        /// The client did not read the response.
        case slowReader = "slow_reader"
    }

    /// Why a request was not answered; the raw values are labels.
    package enum Refusal: String, CaseIterable, Sendable {
        /// No user, or a wrong password.
        case user
        /// More requests than the web configuration allows.
        case rate
        /// Too many other passwords are being checked.
        case busy
    }

    package var connections = 0
    package var ended: [End: Int] = [:]
    package var refused: [Refusal: Int] = [:]
    /// Whether the web configuration in force is the one in its files; nil without one.
    package var isConfigurationGood: Bool?

    package init() {}
}
