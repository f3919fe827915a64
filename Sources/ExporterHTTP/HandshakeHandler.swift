import NIOCore
import NIOSSL
import NIOTLS

/// Follows the TLS handshake: counts those that fail, and ends connections of clients whose certificate has none of the
/// allowed names, before any request is read.
final class HandshakeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// Empty if every name will do.
    private let allowed: Set<String>
    private let onFailure: (String) -> Void

    init(_ allowed: Set<String>, onFailure: @escaping (String) -> Void) {
        self.allowed = allowed
        self.onFailure = onFailure
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event, !allowed.isEmpty, !isAllowed(context) {
            onFailure("the client's certificate has none of the names of client_allowed_sans")
            context.close(promise: nil)
            return
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case NIOSSLError.handshakeFailed(let cause) = error { onFailure(Self.reason(in: "\(cause)")) }
        context.fireErrorCaught(error)
    }

    /// As in Prometheus's exporters, a client without a certificate is let in where it does not need one.
    private func isAllowed(_ context: ChannelHandlerContext) -> Bool {
        let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self)
        guard let certificate = handler?.peerCertificate else { return true }
        return certificate._subjectAlternativeNames().contains { name in Self.text(name).map(allowed.contains) ?? false
        }
    }

    /// BoringSSL's name of an error, such as `CERTIFICATE_VERIFY_FAILED`, without its numbers and places.
    static func reason(in text: String) -> String {
        let mark = "OPENSSL_internal:"
        guard let start = text.firstRange(of: mark)?.upperBound else { return text }
        return String(text[start...].prefix { $0.isUppercase || $0.isNumber || $0 == "_" })
    }

    private static func text(_ name: _SubjectAlternativeName) -> String? {
        let bytes = Array(name.contents)
        return switch name.nameType {
        case .dnsName, .email, .uri: String(decoding: bytes, as: UTF8.self)
        case .ipAddress: try? SocketAddress(packedIPAddress: ByteBuffer(bytes: bytes), port: 0).ipAddress
        default: nil
        }
    }
}
