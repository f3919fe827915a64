import NIOCore
import NIOSSL
import Settings

/// How connections are encrypted, ready for use.
struct TLSContext: Sendable {
    private let context: NIOSSLContext
    private let allowedClientNames: Set<String>
    /// Whether any certificate of a client will do.
    private let trustsEveryClient: Bool

    /// - Throws: `ConfigurationError` if certificate, key or authorities are none, or do not fit each other.
    init(_ tls: WebConfiguration.TLS, allowsHTTP2: Bool, file: String) throws(ConfigurationError) {
        func reading<Value>(
            _ key: String, _ message: String, _ read: () throws -> Value?
        ) throws(ConfigurationError) -> Value {
            if let value = try? read() { return value }
            throw ConfigurationError([
                ConfigurationProblem(file: file, key: "tls_server_config.\(key)", message: message)
            ])
        }
        let chain = try reading("cert_file", "holds no certificate; it must be PEM, the server's certificate first") {
            let chain = try NIOSSLCertificate.fromPEMBytes(tls.certificate)
            return chain.isEmpty ? nil : chain
        }
        let key = try reading("key_file", "holds no private key; it must be PEM, without a passphrase") {
            try NIOSSLPrivateKey(bytes: tls.key, format: .pem)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        if let authorities = tls.clientAuthorities {
            configuration.trustRoots = .certificates(
                try reading("client_ca_file", "holds no certificate; it must be PEM") {
                    let authorities = try NIOSSLCertificate.fromPEMBytes(authorities)
                    return authorities.isEmpty ? nil : authorities
                })
            configuration.sendCANameList = true
        }
        configuration.certificateVerification = tls.clientAuthentication.verification
        configuration.minimumTLSVersion = tls.versions.lowerBound.library
        configuration.maximumTLSVersion = tls.versions.upperBound.library
        let suites = tls.cipherSuites.compactMap { CipherSuites.byName[$0] }
        if !suites.isEmpty { configuration.cipherSuiteValues = suites }
        if !tls.curves.isEmpty { configuration.curves = tls.curves.compactMap { CipherSuites.curvesByName[$0] } }
        configuration.applicationProtocols = allowsHTTP2 ? ["h2", "http/1.1"] : ["http/1.1"]
        configuration.shutdownTimeout = .seconds(1)
        context = try reading("cert_file", "the certificate and the private key of key_file do not fit each other") {
            try NIOSSLContext(configuration: configuration)
        }
        allowedClientNames = Set(tls.allowedClientNames)
        trustsEveryClient = tls.clientAuthentication == .request || tls.clientAuthentication == .requireAny
    }

    /// - Parameter onFailure: called with the reason for which a handshake fails.
    func addHandlers(
        to pipeline: ChannelPipeline.SynchronousOperations, onFailure: @escaping (String) -> Void
    ) throws {
        let handler =
            trustsEveryClient
            ? NIOSSLServerHandler(
                context: context, customVerificationCallback: { _, promise in promise.succeed(.certificateVerified) })
            : NIOSSLServerHandler(context: context)
        try pipeline.addHandler(handler)
        try pipeline.addHandler(HandshakeHandler(allowedClientNames, onFailure: onFailure))
    }
}

extension WebConfiguration.ClientAuthentication {
    /// For a server, "no host name" means that a certificate is required.
    fileprivate var verification: CertificateVerification {
        switch self {
        case .none: .none
        case .request, .verifyIfGiven: .optionalVerification
        case .requireAny, .requireAndVerify: .noHostnameVerification
        }
    }
}

extension WebConfiguration.TLSVersion {
    fileprivate var library: TLSVersion {
        switch self {
        case .tls10: .tlsv1
        case .tls11: .tlsv11
        case .tls12: .tlsv12
        case .tls13: .tlsv13
        }
    }
}
