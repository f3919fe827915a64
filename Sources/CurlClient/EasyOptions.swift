import CCurl
import Glibc

/// Sets the options of an easy handle and remembers the first refusal.
struct EasyOptions {
    let easy: UnsafeMutableRawPointer
    /// libcurl's code for the first option that it refused, or `CURLE_OK`.
    private(set) var result = CURLE_OK

    init(easy: UnsafeMutableRawPointer) {
        self.easy = easy
    }

    /// Sets the options that depend on the request, but for its headers.
    mutating func apply(_ request: CurlRequest, endpoint: Endpoint) {
        // The parsed URL that was checked: a second parsing of the text could differ.
        note(ccurl_easy_setopt_url(easy, endpoint.url))
        set(CURLOPT_USERAGENT, request.userAgent)
        // An empty text stands for every encoding that this libcurl decodes.
        set(CURLOPT_ACCEPT_ENCODING, "")
        set(CURLOPT_FOLLOWLOCATION, 0)
        if request.isPost { set(CURLOPT_COPYPOSTFIELDS, "") }

        // One connection with many streams where the server speaks HTTP/2. Without the wait, requests
        // that begin together would open a connection each, before the first handshake settles the
        // version. Plain HTTP must not wait: it would run one request after the other until the first
        // response.
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        set(CURLOPT_PIPEWAIT, endpoint.usesTLS ? 1 : 0)

        setTimeouts(request)
        setSocketOptions()
        setTLS(request)
        if let credentials = request.credentials { setCredentials(credentials) }

        // The limit of the encoded size, if the server announces it. libcurl reads 0 as no limit; the limit
        // of the decoded size then ends the transfer.
        note(ccurl_easy_setopt_offset(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(request.maxBodyBytes)))

        // The headers, which include the token, are for the server; a proxy must not see them.
        set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        // A plain HTTP request through a proxy would show it the token, and a proxy cannot reach this
        // machine's loopback.
        if endpoint.isLoopback || !request.usesProxy { set(CURLOPT_PROXY, "") }
    }

    private mutating func setTimeouts(_ request: CurlRequest) {
        // Signals would interrupt name lookups, in a process that has many threads.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout.wholeMilliseconds)
        set(CURLOPT_TIMEOUT_MS, request.totalTimeout.wholeMilliseconds)
        set(CURLOPT_LOW_SPEED_LIMIT, max(0, min(request.lowSpeedLimit, Int(Int32.max))))
        set(CURLOPT_LOW_SPEED_TIME, request.lowSpeedTime.wholeSeconds)
        // Without it, ending a transfer during its name lookup would wait for the lookup and block every
        // other transfer. The lookup's thread then frees its memory when it is done.
        set(CURLOPT_QUICK_EXIT, 1)
    }

    /// Connections whose other end has gone without a word end by themselves, idle ones too.
    private mutating func setSocketOptions() {
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_TCP_KEEPIDLE, 30)
        set(CURLOPT_TCP_KEEPINTVL, 10)
        note(ccurl_easy_setopt_socket_callback(easy, CURLOPT_SOCKOPTFUNCTION, setUserTimeout))
        set(CURLOPT_DNS_CACHE_TIMEOUT, 60)
    }

    private mutating func setTLS(_ request: CurlRequest) {
        // Only requests to loopback hosts get here without the check.
        set(CURLOPT_SSL_VERIFYPEER, request.acceptsAnyCertificate ? 0 : 1)
        set(CURLOPT_SSL_VERIFYHOST, request.acceptsAnyCertificate ? 0 : 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let caFile = request.caFile { set(CURLOPT_CAINFO, caFile) }
        guard let certificate = request.certificateFile else { return }
        set(CURLOPT_SSLCERT, certificate)
        set(CURLOPT_SSLKEY, request.keyFile ?? certificate)
        // Without it, OpenSSL asks the terminal for the password of an encrypted key, and waits.
        set(CURLOPT_KEYPASSWD, "")
    }

    private mutating func setCredentials(_ credentials: CurlCredentials) {
        set(CURLOPT_USERNAME, credentials.user)
        set(CURLOPT_PASSWORD, credentials.password)
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

/// The time that sent data can stay unacknowledged, in milliseconds. The kernel's own is about 16 minutes.
let userTimeout: UInt32 = 20_000

private let setUserTimeout: curl_sockopt_callback = { _, socket, _ in
    var milliseconds = userTimeout
    let size = socklen_t(MemoryLayout.size(ofValue: milliseconds))
    // Without it the connection works all the same.
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &milliseconds, size)
    return CURL_SOCKOPT_OK
}

extension Duration {
    /// Milliseconds for libcurl, which reads 0 as no limit and refuses more than 31 bits: rounded up, at
    /// least 1, at most 23 days.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = bounded.components
        let (milliseconds, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
        return max(1, Int(seconds) * 1000 + Int(milliseconds) + (rest > 0 ? 1 : 0))
    }

    /// Seconds for libcurl: rounded up, at least 1, at most 23 days.
    var wholeSeconds: Int {
        let (seconds, attoseconds) = bounded.components
        return max(1, Int(seconds) + (attoseconds > 0 ? 1 : 0))
    }

    private var bounded: Duration {
        min(max(self, .zero), .seconds(2_000_000))
    }
}
