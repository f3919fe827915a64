package import CurlClient

extension ClientSettings {
    /// What to do about a request that has no answer; nil if only a look at the exporter helps.
    package func advice(_ error: CurlError) -> String? {
        let text = error.message
        let says = { (words: String) in text.contains(words) }
        // With TLS 1.3 the server refuses after the handshake, while the client reads.
        if says("certificate required") || says("handshake failure") { return certificateAdvice }
        if says("alert"), says("bad certificate") || says("unknown ca") || says("certificate expired") {
            return certificateAdvice
        }
        if error.kind == .tls {
            if says("wrong version number") { return "if it serves plain HTTP there, use http:// in --url" }
            if says("subject name") || says("does not match") {
                return "use a name of its certificate in --url, or --insecure for a loopback address"
            }
            if says("expired") { return "renew its certificate" }
            if says("SSL certificate problem") || says("verify result") {
                return "name the authority of its certificate with --cacert"
            }
        }
        if !usesTLS { return error.kind == .malformedResponse || error.kind == .interrupted ? tlsAdvice : nil }
        // The server's reason can be lost with the connection.
        return error.kind == .interrupted && !hasCertificate
            ? "if it wants a certificate, name one with --cert, and its key with --key" : nil
    }

    /// What to do about an answer of another status than 200; nil if its body says it, or nothing is known.
    package func advice(_ response: CurlResponse) -> String? {
        switch response.status {
        case 400:
            let body = String(decoding: response.body.prefix(4096), as: UTF8.self)
            // The words of the exporter, and of nginx.
            if body.contains("speaks HTTPS") || body.contains("sent to HTTPS port") { return tlsAdvice }
            return body.contains("SSL certificate") ? certificateAdvice : nil
        case 401:
            return userSetting.map { "the user or the password in \($0.value) (\($0.name)) is wrong" }
                ?? "name a file that has user:password in its first line with --user-file"
        case 429:
            return "the exporter limits its requests (rate_limit); wait"
        default:
            return nil
        }
    }

    private var usesTLS: Bool { url.lowercased().hasPrefix("https:") }

    private var tlsAdvice: String { "if it serves TLS, use https:// in --url" }

    private var certificateAdvice: String {
        hasCertificate
            ? "it does not accept the certificate of --cert"
            : "it wants a certificate: name one with --cert, and its key with --key"
    }
}
