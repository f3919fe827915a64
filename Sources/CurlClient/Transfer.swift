import CCurl

/// An easy handle with the memory that it points to. Used by the loop's thread alone.
final class Transfer {
    let easy: UnsafeMutableRawPointer
    let pool: ConnectionPool

    private let endpoint: Endpoint
    private let errorBuffer: UnsafeMutablePointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?
    /// Headers whose values must not appear in messages.
    private let secrets: [CurlHeader]
    private var sink: ResponseSink
    private let onProgress: (@Sendable (Int, Int) -> Void)?

    /// Prepares a handle for a request to its checked endpoint.
    ///
    /// - Throws: libcurl's refusal of an option.
    init(
        id: TransferID, request: CurlRequest, endpoint: Endpoint, pool: ConnectionPool
    ) throws(CurlError) {
        self.endpoint = endpoint
        self.pool = pool
        guard let easy = curl_easy_init() else { throw CurlError(code: CURLE_OUT_OF_MEMORY) }
        self.easy = easy
        errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        secrets = request.headers + (request.credentials.map { [CurlHeader("Authorization", $0.password)] } ?? [])
        sink = ResponseSink(maxBodyBytes: request.maxBodyBytes)
        onProgress = request.onProgress

        // Every property is set from here on, so `deinit` cleans up if an error is thrown.
        for header in request.headers {
            guard let longer = curl_slist_append(headerList, header.line) else {
                throw CurlError(code: CURLE_OUT_OF_MEMORY)
            }
            headerList = longer
        }
        var options = EasyOptions(easy: easy)
        options.apply(request, endpoint: endpoint)
        options.set(CURLOPT_SHARE, pointer: pool.share)
        options.set(CURLOPT_HTTPHEADER, list: headerList)
        options.set(CURLOPT_ERRORBUFFER, pointer: errorBuffer)
        options.set(CURLOPT_PRIVATE, pointer: UnsafeMutableRawPointer(bitPattern: id))
        let this = Unmanaged.passUnretained(self).toOpaque()
        options.set(CURLOPT_WRITEFUNCTION, callback: bodyCallback)
        options.set(CURLOPT_WRITEDATA, pointer: this)
        options.set(CURLOPT_HEADERFUNCTION, callback: headerCallback)
        options.set(CURLOPT_HEADERDATA, pointer: this)
        guard options.result == CURLE_OK else { throw CurlError(code: options.result) }
    }

    deinit {
        // The handle is freed first because it points to the rest.
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
        errorBuffer.deallocate()
    }

    /// The number of a handle's transfer.
    static func id(of easy: UnsafeMutableRawPointer) -> TransferID {
        var pointer: UnsafeMutableRawPointer?
        ccurl_easy_getinfo_pointer(easy, CURLINFO_PRIVATE, &pointer)
        return TransferID(bitPattern: pointer)
    }

    /// The result of the transfer.
    ///
    /// - Parameter code: The code that libcurl ended the transfer with.
    func result(_ code: CURLcode) -> Result<CurlResponse, CurlError> {
        if let overflow = sink.overflow { return .failure(overflow) }
        guard code == CURLE_OK else { return .failure(error(code)) }
        return .success(
            CurlResponse(
                status: long(CURLINFO_RESPONSE_CODE),
                headers: responseHeaders(),
                body: sink.body,
                httpVersion: httpVersion(),
                duration: Double(offset(CURLINFO_TOTAL_TIME_T)) / 1e6,
                connectionsOpened: long(CURLINFO_NUM_CONNECTS)
            ))
    }

    /// The headers of the final response. libcurl keeps them apart from the headers of interim responses and
    /// of a proxy's answer to CONNECT, and from trailers.
    private func responseHeaders() -> [CurlHeader] {
        var headers: [CurlHeader] = []
        var header: UnsafeMutablePointer<curl_header>?
        while true {
            header = curl_easy_nextheader(easy, UInt32(CURLH_HEADER), -1, header)
            guard let header else { return headers }
            headers.append(
                CurlHeader(
                    String(cString: header.pointee.name), String(cString: header.pointee.value)))
        }
    }

    private func httpVersion() -> String {
        switch long(CURLINFO_HTTP_VERSION) {
        case Int(CURL_HTTP_VERSION_1_0): "1.0"
        case Int(CURL_HTTP_VERSION_1_1): "1.1"
        case Int(CURL_HTTP_VERSION_2_0): "2"
        case Int(CURL_HTTP_VERSION_3): "3"
        default: "unknown"
        }
    }

    /// Whether the request was sent, and timed out before the server began to answer.
    ///
    /// - Parameter code: The code that libcurl ended the transfer with.
    func isUnanswered(_ code: CURLcode) -> Bool {
        code == CURLE_OPERATION_TIMEDOUT && offset(CURLINFO_PRETRANSFER_TIME_T) > 0
            && long(CURLINFO_RESPONSE_CODE) == 0
    }

    private func error(_ code: CURLcode) -> CurlError {
        let isRefusedByProxy = code == CURLE_RECV_ERROR && long(CURLINFO_HTTP_CONNECTCODE) >= 300
        var error = CurlError(
            code: code,
            kind: isRefusedByProxy ? .proxy : nil,
            detail: String(cString: errorBuffer),
            secrets: secrets
        )
        error.systemError = Int32(truncatingIfNeeded: long(CURLINFO_OS_ERRNO))
        error.proxyStatus = isRefusedByProxy ? long(CURLINFO_HTTP_CONNECTCODE) : 0
        return error
    }

    private func long(_ info: CURLINFO) -> Int {
        var value = 0
        ccurl_easy_getinfo_long(easy, info, &value)
        return value
    }

    private func offset(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        ccurl_easy_getinfo_offset(easy, info, &value)
        return Int(value)
    }

    // MARK: Called back by libcurl

    fileprivate func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if sink.body.isEmpty { sink.reserve(offset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)) }
        guard sink.receiveBody(bytes) else { return false }
        if let onProgress { onProgress(sink.body.count, offset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)) }
        return true
    }

    fileprivate func receiveHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        sink.receiveHeader(byteCount: line.count)
    }
}

// libcurl ends the transfer if a callback returns another number than the count of bytes that it received.
// The second parameter, the size of an element, is always 1.

private let bodyCallback: curl_write_callback = { bytes, _, count, context in
    pass(bytes, count, context) { transfer, chunk in transfer.receiveBody(chunk) }
}

private let headerCallback: curl_write_callback = { bytes, _, count, context in
    pass(bytes, count, context) { transfer, line in transfer.receiveHeader(line) }
}

private func pass(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    to receive: (Transfer, UnsafeRawBufferPointer) -> Bool
) -> Int {
    guard let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    return receive(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
}
