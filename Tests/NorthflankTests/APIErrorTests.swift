import Testing

@testable import Northflank

@Suite struct APIErrorTests {
    typealias Reason = APIError.Reason

    @Test(
        "the reason for each status, and whether another attempt can help",
        arguments: [
            (300, .redirect, false), (301, .redirect, false), (302, .redirect, false),
            (307, .redirect, false), (308, .redirect, false),
            (399, .redirect, false),
            (400, .clientError, false), (401, .unauthorized, false), (403, .forbidden, false),
            (404, .notFound, false), (405, .clientError, false), (408, .clientError, false),
            (422, .clientError, false), (429, .rateLimited, true), (499, .clientError, false),
            (500, .serverError, false), (501, .serverError, false), (502, .serverError, true),
            (503, .serverError, true), (504, .serverError, true), (505, .serverError, false),
            (599, .serverError, false), (600, .clientError, false), (100, .clientError, false),
            (0, .clientError, false),
        ] as [(Int, Reason, Bool)])
    func statuses(status: Int, reason: Reason, canRetry: Bool) {
        let error = APIError(response: HTTPResponse(status: status), said: "", retryAfter: 7)
        #expect(error.reason == reason)
        #expect(error.canRetry == canRetry)
        #expect(error.message.hasPrefix("HTTP \(status)"))
        #expect(error.retryAfter == (reason == .rateLimited || reason == .serverError ? 7 : nil))
    }

    @Test("the message has the API's words, and what to do")
    func messages() {
        func message(_ status: Int) -> String {
            APIError(response: HTTPResponse(status: status), said: "No such thing.", retryAfter: nil).message
        }
        #expect(message(500) == "HTTP 500: No such thing.")
        #expect(
            message(401) == "HTTP 401: No such thing.; the token is not valid: check the token file or variable")
        #expect(
            message(404)
                == "HTTP 404: No such thing.; check project, addon and team, all of them ids and not display names")
        #expect(message(429) == "HTTP 429: No such thing.; the account's rate limit is used up")
        #expect(message(403).contains("Project > Addons > General > Read"))
        #expect(message(302).contains("redirects are not followed"))
    }

    @Test(
        "the reason for each failed transfer",
        arguments: [
            (.connect, .connect, true), (.timeout, .timeout, true), (.tls, .tls, false),
            (.tooLarge, .tooLarge, false), (.cancelled, .cancelled, false), (.refused, .refused, false),
        ] as [(TransportError.Kind, Reason, Bool)])
    func transport(kind: TransportError.Kind, reason: Reason, canRetry: Bool) {
        #expect(APIError(TransportError(kind, "m")) == APIError(reason, "m", canRetry: canRetry))
    }

    @Test("the values of the label reason are fixed")
    func labels() {
        #expect(
            Reason.counted.map(\.rawValue) == [
                "connect", "timeout", "tls", "too_large", "unauthorized", "forbidden", "not_found", "rate_limited",
                "redirect", "client_error", "server_error", "decode", "pagination", "refused",
            ])
        #expect(Reason.retried.map(\.rawValue) == ["connect", "timeout", "rate_limited", "server_error"])
    }

    @Test("every retried reason is in the list of retried reasons")
    func retriedReasons() {
        let statuses = (0...699).map { APIError(response: HTTPResponse(status: $0), said: "", retryAfter: nil) }
        let kinds: [TransportError.Kind] = [.connect, .timeout, .tls, .tooLarge, .cancelled, .refused]
        let errors = statuses + kinds.map { APIError(TransportError($0, "")) }
        #expect(Set(errors.filter(\.canRetry).map(\.reason)) == Set(Reason.retried))
    }

    @Test(
        "Retry-After is a number of seconds, or nothing",
        arguments: [
            ("0", 0), ("120", 120), ("1.5", 1.5), ("", nil), ("soon", nil), ("-1", nil), ("nan", nil), ("inf", nil),
            ("1e999", nil), ("Wed, 21 Oct 2026 07:28:00 GMT", nil), (" 5", nil),
        ] as [(String, Double?)])
    func retryAfter(header: String, seconds: Double?) {
        #expect(HTTPResponse(status: 503, headers: ["retry-after": header]).retryAfter == seconds)
    }

    @Test func noRetryAfter() {
        #expect(HTTPResponse(status: 503).retryAfter == nil)
    }
}
