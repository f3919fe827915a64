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
        let error = APIError(response: HTTPResponse(status: status), Self.backups, detail: "", retryAfter: 7)
        #expect(error.reason == reason)
        #expect(error.status == status)
        #expect(error.canRetry == canRetry)
        #expect(error.message.contains("HTTP \(status)"))
        #expect(error.retryAfter == (reason == .unavailable ? 7 : nil))
    }

    private static let base = "https://user@api.northflank.com:8443/base"
    private static let backups = subject(.backups(project: "shop", addon: "db"))

    private static func subject(_ endpoint: Endpoint, team: String? = nil) -> RequestSubject {
        RequestSubject(endpoint, base: base, team: team)
    }

    @Test(
        "the message names what is refused, and of whom",
        arguments: [
            (401, Endpoint.projects, nil, "Northflank refuses the token (HTTP 401)"),
            (403, .projects, nil, "Northflank denies the list of projects (HTTP 403)"),
            (403, .addons(project: "shop"), nil, "Northflank denies the list of addons of project shop (HTTP 403)"),
            (403, .backups(project: "shop", addon: "db"), nil, "Northflank denies the backups (HTTP 403)"),
            (403, .schedules(project: "shop", addon: "db"), nil, "Northflank denies the backup schedules (HTTP 403)"),
            (403, .restores(project: "shop", addon: "db"), nil, "Northflank denies the restores (HTTP 403)"),
            (403, .auth, nil, "Northflank denies the token's own data (HTTP 403)"),
            (404, .projects, "acme", "Northflank has no team acme (HTTP 404)"),
            (404, .projects, nil, "Northflank has no list of projects (HTTP 404)"),
            (404, .addons(project: "shop"), "acme", "Northflank has no project shop (HTTP 404)"),
            (404, .backups(project: "shop", addon: "db"), "acme", "Northflank has no addon shop/db (HTTP 404)"),
            (503, .projects, nil, "Northflank answers HTTP 503"),
            (418, .projects, nil, "api.northflank.com:8443 answers HTTP 418, not as Northflank does"),
            (302, .projects, nil, "api.northflank.com:8443 redirects (HTTP 302); the token is not sent there"),
        ] as [(Int, Endpoint, String?, String)])
    func messages(status: Int, endpoint: Endpoint, team: String?, message: String) {
        let error = APIError(
            response: HTTPResponse(status: status), Self.subject(endpoint, team: team), detail: "No.", retryAfter: nil)
        #expect(error.message == message)
    }

    @Test("Northflank's own words are kept apart")
    func words() {
        func detail(_ words: String?) -> String? {
            APIError(response: HTTPResponse(status: 403), Self.backups, detail: words, retryAfter: nil).detail
        }
        #expect(detail("No.") == "No.")
        #expect(detail("") == nil)
        #expect(detail(nil) == nil)
    }

    @Test(
        "a redirect names the host that it leads to",
        arguments: [
            ("https://other.example/v1?x", "other.example"), ("//other.example/", nil), ("/v1", nil),
        ] as [(String, String?)])
    func redirects(location: String, host: String?) {
        let error = APIError(
            response: HTTPResponse(status: 301), Self.backups, detail: nil, location: location, retryAfter: nil)
        #expect(error.redirect == host)
        #expect(
            error.message == "api.northflank.com:8443 redirects \(host.map { "to \($0) " } ?? "")(HTTP 301); "
                + "the token is not sent there")
    }

    @Test(
        "the reason and the words for each failed transfer",
        arguments: [
            (.connect, .connect, true, "no connection to api.northflank.com:8443 (m)"),
            (.broken, .connect, true, "the connection to api.northflank.com:8443 failed (m)"),
            (.timeout, .timeout, true, "api.northflank.com:8443 does not answer within 30s"),
            (.tls, .tls, false, "TLS with api.northflank.com:8443 fails (m)"), (.dns, .dns, true, "m"),
            (.proxy, .proxy, true, "the proxy refuses the connection to api.northflank.com:8443 (m)"),
            (.tooLarge, .decode, false, "the answer of api.northflank.com:8443 is too large (m)"),
            (.cancelled, .cancelled, false, "m"),
            (.refused, .connect, false, "the token is not sent to api.northflank.com:8443 (m)"),
        ] as [(TransportError.Kind, Reason, Bool, String)])
    func transport(kind: TransportError.Kind, reason: Reason, canRetry: Bool, message: String) {
        let error = APIError(TransportError(kind, "m"), Self.backups, after: 30.2)
        #expect(
            error
                == APIError(
                    reason, message, isRefused: kind == .refused, isTooLarge: kind == .tooLarge, canRetry: canRetry))
    }

    @Test("a 404 without the API's words says whose answer it is not")
    func foreignNotFound() {
        let error = APIError(response: HTTPResponse(status: 404), Self.backups, detail: nil, retryAfter: nil)
        #expect(error.reason == .clientError)
        #expect(error.status == 404)
        #expect(error.message == "api.northflank.com:8443 answers HTTP 404, not as Northflank does")
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
        let statuses = (0...699).map {
            APIError(response: HTTPResponse(status: $0), Self.backups, detail: "", retryAfter: nil)
        }
        let kinds: [TransportError.Kind] = [
            .connect, .broken, .timeout, .dns, .proxy, .tls, .tooLarge, .cancelled, .refused,
        ]
        let refusal = APIError(Refusal(), detail: "", wait: 60)
        let errors = statuses + [refusal] + kinds.map { APIError(TransportError($0, ""), Self.backups, after: 1) }
        #expect(Set(errors.filter(\.canRetry).map(\.reason)) == Set(Reason.retried))
    }

    @Test("a refusal says how long all wait")
    func refusals() {
        #expect(
            APIError(Refusal(isUsedUp: true), detail: "Slow down.", wait: 1800)
                == APIError(
                    .rateLimited, "Northflank limits requests (HTTP 429)", status: 429, detail: "Slow down.",
                    retryAfter: 1800, canRetry: true))
    }
}
