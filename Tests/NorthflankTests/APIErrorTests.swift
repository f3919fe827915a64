import Testing

@testable import Northflank

@Suite struct APIErrorTests {
    typealias Reason = APIError.Reason

    @Test(
        "the reason for each status, and whether another attempt can help",
        arguments: [
            (300, .clientError, false), (301, .clientError, false), (302, .clientError, false),
            (307, .clientError, false), (308, .clientError, false),
            (399, .clientError, false),
            (400, .clientError, false), (401, .unauthorized, false), (403, .forbidden, false),
            (404, .notFound, false), (405, .clientError, false), (408, .clientError, false),
            (422, .clientError, false), (499, .clientError, false),
            (500, .unavailable, false), (501, .unavailable, false), (502, .unavailable, true),
            (503, .unavailable, true), (504, .unavailable, true), (505, .unavailable, false),
            (599, .unavailable, false), (600, .clientError, false), (100, .clientError, false),
            (0, .clientError, false),
        ] as [(Int, Reason, Bool)])
    func statuses(status: Int, reason: Reason, canRetry: Bool) {
        let error = APIError(response: HTTPResponse(status: status), said: "", retryAfter: 7)
        #expect(error.reason == reason)
        #expect(error.status == status)
        #expect(error.canRetry == canRetry)
        #expect(error.message.hasPrefix("HTTP \(status)"))
        #expect(error.retryAfter == (reason == .unavailable ? 7 : nil))
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
        #expect(message(403).contains("Project > Addons > General > Read"))
        #expect(message(302).contains("redirects are not followed"))
    }

    @Test(
        "the reason for each failed transfer",
        arguments: [
            (.connect, .connect, true, nil), (.timeout, .timeout, true, nil), (.tls, .tls, false, nil),
            (.dns, .dns, true, "check the host in base_url and the DNS server"),
            (.proxy, .proxy, true, "check the proxy in HTTPS_PROXY, or name the host in NO_PROXY"),
            (.tooLarge, .decode, false, nil), (.cancelled, .cancelled, false, nil), (.refused, .connect, false, nil),
        ] as [(TransportError.Kind, Reason, Bool, String?)])
    func transport(kind: TransportError.Kind, reason: Reason, canRetry: Bool, remedy: String?) {
        let error = APIError(TransportError(kind, "m"))
        #expect(error == APIError(reason, "m", status: nil, remedy: remedy, canRetry: canRetry))
        #expect(error.message == (remedy.map { "m; \($0)" } ?? "m"))
    }

    @Test("what happened is apart from what to do, and a subject goes in front of both")
    func parts() {
        let response = HTTPResponse(status: 401)
        let error = APIError(response: response, said: "No.", retryAfter: nil).about("shop/db")
        #expect(error.reason == .unauthorized)
        #expect(error.status == 401)
        #expect(error.said == "shop/db: HTTP 401: No.")
        #expect(error.remedy == "the token is not valid: check the token file or variable")
        #expect(
            error.message == "shop/db: HTTP 401: No.; the token is not valid: check the token file or variable")
    }

    @Test("a 404 without the API's words says whose answer it is not")
    func foreignNotFound() {
        let error = APIError(response: HTTPResponse(status: 404), said: nil, retryAfter: nil)
        #expect(error.reason == .clientError)
        #expect(error.status == 404)
        #expect(error.said == "HTTP 404, which is not the API's own answer")
        #expect(error.remedy == "check base_url and what is in between")
    }

    @Test("the values of the label reason are fixed")
    func labels() {
        #expect(
            Reason.counted.map(\.rawValue) == [
                "connect", "timeout", "dns", "tls", "proxy", "unauthorized", "forbidden", "not_found", "rate_limited",
                "unavailable", "client_error", "decode", "pagination",
            ])
        #expect(
            Reason.retried.map(\.rawValue) == ["connect", "timeout", "dns", "proxy", "rate_limited", "unavailable"])
    }

    @Test("every retried reason is in the list of retried reasons")
    func retriedReasons() {
        let statuses = (0...699).map { APIError(response: HTTPResponse(status: $0), said: "", retryAfter: nil) }
        let kinds: [TransportError.Kind] = [
            .connect, .timeout, .dns, .proxy, .tls, .tooLarge, .cancelled, .refused,
        ]
        let refusal = APIError(Refusal(), said: "", wait: 60)
        let errors = statuses + [refusal] + kinds.map { APIError(TransportError($0, "")) }
        #expect(Set(errors.filter(\.canRetry).map(\.reason)) == Set(Reason.retried))
    }

    @Test("a refusal says whether requests are left, and how long all wait")
    func refusals() {
        let usedUp = APIError(Refusal(isUsedUp: true), said: "Slow down.", wait: 1800)
        #expect(
            usedUp
                == APIError(
                    .rateLimited, "HTTP 429: Slow down.", status: 429, remedy: "the account's rate limit is used up",
                    retryAfter: 1800, canRetry: true))
        let left = APIError(Refusal(), said: nil, wait: 2)
        #expect(
            left
                == APIError(
                    .rateLimited, "HTTP 429", status: 429,
                    remedy: "requests of the account wait; if this repeats, lower poll.concurrency or see what else "
                        + "sends requests", retryAfter: 2, canRetry: true))
    }
}
