import CCurl

extension CurlError {
    /// - Parameters:
    ///   - kind: Replaces the kind that belongs to the code.
    ///   - detail: The text in libcurl's error buffer, which can be empty.
    ///   - secrets: Headers of the request, whose values must not appear in the message.
    init(code: CURLcode, kind: Kind? = nil, detail: String = "", secrets: [CurlHeader] = []) {
        let isSafe = !detail.isEmpty && !Self.isRevealing(detail, secrets)
        self.init(
            kind ?? Kind(code: code),
            code: Int32(bitPattern: code.rawValue),
            message: isSafe ? Self.printable(detail) : String(cString: curl_easy_strerror(code))
        )
    }

    init(multiCode: CURLMcode) {
        self.init(.other, message: String(cString: curl_multi_strerror(multiCode)))
    }

    /// Whether a text could show a secret. libcurl repeats a proxy's URL that it cannot parse, and an "@"
    /// in it follows a password. A server's words, which libcurl repeats too, can contain the token of a
    /// header; a word of fewer than 8 bytes is not a token.
    private static func isRevealing(_ detail: String, _ secrets: [CurlHeader]) -> Bool {
        detail.contains("@")
            || secrets.contains { header in
                header.value.split(separator: " ").contains { $0.utf8.count >= 8 && detail.contains($0) }
            }
    }

    /// The text without control characters: the server chooses a part of it, such as its certificate's name.
    private static func printable(_ detail: String) -> String {
        String(
            String.UnicodeScalarView(
                detail.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
    }
}

extension CurlError.Kind {
    init(code: CURLcode) {
        self =
            switch code {
            case CURLE_URL_MALFORMAT:
                .invalidURL
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
                .dns
            case CURLE_PROXY:
                .proxy
            case CURLE_COULDNT_CONNECT:
                .connect
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
                CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CLIENTCERT, CURLE_SSL_CRL_BADFILE,
                CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
                CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED,
                CURLE_SSL_SHUTDOWN_FAILED, CURLE_USE_SSL_FAILED:
                .tls
            case CURLE_OPERATION_TIMEDOUT:
                .timeout
            case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR:
                .interrupted
            // "Unsupported protocol" concerns the answer: the URL's scheme is checked before.
            case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING,
                CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_HTTP3:
                .malformedResponse
            case CURLE_FILESIZE_EXCEEDED:
                .bodyTooLarge
            default:
                .other
            }
    }
}
