import CCurl
import Testing

@testable import CurlClient

/// The limits of durations and responses, and the kinds and messages of errors.
struct PieceTests {
    @Test(arguments: [
        (Duration.seconds(10), 10_000, 10), (.milliseconds(1500), 1500, 2), (.microseconds(1), 1, 1),
        (.microseconds(1001), 2, 1), (.zero, 1, 1), (.seconds(-3), 1, 1),
        (.seconds(Int64.max), 2_000_000_000, 2_000_000), (.seconds(Int64.min), 1, 1),
    ])
    func durations(duration: Duration, milliseconds: Int, seconds: Int) {
        #expect(duration.wholeMilliseconds == milliseconds)
        #expect(duration.wholeSeconds == seconds)
    }

    @Test(arguments: [("https://127.0.0.1/", true), ("http://127.0.0.1/", false)])
    func anEndpointKnowsItsProtocol(url: String, usesTLS: Bool) throws {
        #expect(try Endpoint(url, allowInsecureHTTP: false).usesTLS == usesTLS)
    }

    @Test func sinkCountsHeadersUpToItsLimit() {
        var sink = ResponseSink(maxBodyBytes: 0)
        let (half, one) = (sink.receiveHeader(byteCount: 32_768), sink.receiveHeader(byteCount: 32_768))
        #expect(half && one)
        #expect(sink.overflow == nil)
        let isTaken = sink.receiveHeader(byteCount: 1)
        #expect(!isTaken)
        #expect(sink.overflow?.kind == .headersTooLarge)
    }

    @Test(arguments: [(-1, 0), (0, 0), (100, 100), (Int.max, 4096)])
    func sinkReservesWithinItsLimit(announced: Int, atLeast: Int) {
        var sink = ResponseSink(maxBodyBytes: 4096)
        sink.reserve(announced)
        #expect(sink.body.capacity >= atLeast)
        #expect(sink.body.capacity < 2 * 4096)
    }

    @Test(arguments: [
        (CURLE_COULDNT_RESOLVE_HOST, CurlError.Kind.dns), (CURLE_COULDNT_RESOLVE_PROXY, .dns),
        (CURLE_COULDNT_CONNECT, .connect), (CURLE_PEER_FAILED_VERIFICATION, .tls),
        (CURLE_OPERATION_TIMEDOUT, .timeout), (CURLE_FILESIZE_EXCEEDED, .bodyTooLarge),
        (CURLE_RECV_ERROR, .interrupted), (CURLE_HTTP2_STREAM, .malformedResponse), (CURLE_PROXY, .proxy),
        (CURLE_URL_MALFORMAT, .invalidURL), (CURLE_OUT_OF_MEMORY, .other), (CURLcode(rawValue: 9999), .other),
    ])
    func kinds(code: CURLcode, kind: CurlError.Kind) {
        let error = CurlError(code: code)
        #expect(error.kind == kind)
        #expect(error.code == Int32(code.rawValue))
        #expect(!error.message.isEmpty)
    }

    @Test func aGivenKindReplacesTheKindOfTheCode() {
        let error = CurlError(code: CURLE_RECV_ERROR, kind: .proxy)
        #expect(error.kind == .proxy)
        #expect(error.code == 56)
    }

    /// "Name:" would remove a header from the request.
    @Test(arguments: [("", "X-A;"), (" ", "X-A;"), ("\t", "X-A;"), (" \t", "X-A;"), (" a", "X-A:  a")])
    func lines(value: String, line: String) {
        #expect(CurlHeader("X-A", value).line == line)
    }

    @Test(arguments: [
        ("Could not resolve host: a.example", "Could not resolve host: a.example"),
        ("", "Timeout was reached"), ("proxy http://user:password@a", "Timeout was reached"),
        ("bad token secret-token", "Timeout was reached"), ("bad token eightchr", "Timeout was reached"),
        ("no token sevench", "no token sevench"), ("a\nb\u{7F}\u{1B}[0m", "a?b??[0m"),
    ])
    func messages(detail: String, message: String) {
        let error = CurlError(
            code: CURLE_OPERATION_TIMEDOUT, detail: detail,
            secrets: [
                CurlHeader("Authorization", "Bearer secret-token"), CurlHeader("X-A", "eightchr"),
                CurlHeader("X-B", "sevench"), CurlHeader("Accept", "a"),
            ])
        #expect(error.message == message)
    }

    @Test func defaultLimitsOfARequest() {
        let request = CurlRequest(url: "https://example.com/", userAgent: "t")
        #expect(request.connectTimeout == .seconds(10))
        #expect(request.totalTimeout == .seconds(30))
        #expect(request.lowSpeedLimit == 16)
        #expect(request.lowSpeedTime == .seconds(20))
        #expect(request.maxBodyBytes == 8_388_608)
    }

    @Test func optionsRememberTheFirstRefusal() throws {
        let easy = try #require(curl_easy_init())
        defer { curl_easy_cleanup(easy) }
        var options = EasyOptions(easy: easy)
        options.set(CURLOPT_FOLLOWLOCATION, 0)
        #expect(options.result == CURLE_OK)
        options.set(CURLOPT_PROTOCOLS_STR, "nonsense")
        options.set(CURLOPT_TIMEOUT_MS, -1)
        options.set(CURLOPT_FOLLOWLOCATION, 0)
        #expect(options.result == CURLE_UNSUPPORTED_PROTOCOL)
    }
}
