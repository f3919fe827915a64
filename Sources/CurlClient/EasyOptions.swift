import CCurl

/// Sets the options of an easy handle and remembers the first that libcurl refused.
struct EasyOptions {
    let easy: UnsafeMutableRawPointer
    private(set) var result = CURLE_OK

    init(easy: UnsafeMutableRawPointer) {
        self.easy = easy
    }

    /// All that depends on the request and not on where its bytes go.
    mutating func apply(_ request: CurlRequest, endpoint: Endpoint) {
        // The URL as it was judged, not its text, which might be read in another way a second time.
        note(ccurl_easy_setopt_url(easy, endpoint.url))
        set(CURLOPT_HTTPGET, 1)
        set(CURLOPT_USERAGENT, request.userAgent)
        // Empty: every encoding that this libcurl decodes.
        set(CURLOPT_ACCEPT_ENCODING, "")
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)

        // One connection with many streams where the server speaks HTTP/2. Without the wait, requests
        // that begin together would open a connection each before the first handshake has settled the
        // version. Plain HTTP would wait in vain for the first response.
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        set(CURLOPT_PIPEWAIT, endpoint.usesTLS ? 1 : 0)

        setTimeouts(request)
        setTLS(request)

        // The limit of the encoded size, which may be announced. 0 would mean no limit.
        note(
            ccurl_easy_setopt_offset(
                easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(max(1, request.maxBodyBytes))))

        // The headers, with the token among them, are for the server; a proxy must not see them.
        set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // Plain HTTP by way of a proxy would hand it the token, and this machine is not its affair.
        if endpoint.isLoopback || !request.usesProxy { set(CURLOPT_PROXY, "") }
    }

    private mutating func setTimeouts(_ request: CurlRequest) {
        // Signals would interrupt name lookups, in a process that has many threads.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout.wholeMilliseconds)
        set(CURLOPT_TIMEOUT_MS, request.totalTimeout.wholeMilliseconds)
        set(CURLOPT_LOW_SPEED_LIMIT, max(0, min(request.lowSpeedLimit, Int(Int32.max))))
        set(CURLOPT_LOW_SPEED_TIME, request.lowSpeedTime.wholeSeconds)
        // Otherwise the end of a transfer that still looks up a name would wait for the lookup, and
        // every other transfer with it. Let go, the lookup's thread frees its memory when it is done.
        set(CURLOPT_QUICK_EXIT, 1)
    }

    private mutating func setTLS(_ request: CurlRequest) {
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let caFile = request.caFile { set(CURLOPT_CAINFO, caFile) }
    }

    mutating func set(_ option: CURLoption, _ value: Int) {
        note(ccurl_easy_setopt_long(easy, option, value))
    }

    mutating func set(_ option: CURLoption, _ value: String) {
        note(ccurl_easy_setopt_string(easy, option, value))
    }

    mutating func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
        note(ccurl_easy_setopt_pointer(easy, option, pointer))
    }

    mutating func set(_ option: CURLoption, list: UnsafeMutablePointer<curl_slist>?) {
        note(ccurl_easy_setopt_list(easy, option, list))
    }

    mutating func set(_ option: CURLoption, callback: curl_write_callback) {
        note(ccurl_easy_setopt_callback(easy, option, callback))
    }

    private mutating func note(_ code: CURLcode) {
        if result == CURLE_OK { result = code }
    }
}

extension Duration {
    /// For libcurl, which reads 0 as no limit and refuses more than 31 bits: rounded up, at least 1, at
    /// most 23 days.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = bounded.components
        let (milliseconds, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
        return max(1, Int(seconds) * 1000 + Int(milliseconds) + (rest > 0 ? 1 : 0))
    }

    /// Rounded up, at least 1, at most 23 days.
    var wholeSeconds: Int {
        let (seconds, attoseconds) = bounded.components
        return max(1, Int(seconds) + (attoseconds > 0 ? 1 : 0))
    }

    private var bounded: Duration {
        min(max(self, .zero), .seconds(2_000_000))
    }
}
