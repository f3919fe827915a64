import CurlClient
import Fleet
import Northflank
import Settings

/// Sends an account's requests with libcurl.
struct CurlTransport: HTTPTransport {
    private let client: CurlClient
    private let caFile: String?
    private let allowsInsecureHTTP: Bool
    private let timeout: Duration

    init(client: CurlClient, account: AccountConfiguration, poll: PollConfiguration) {
        self.client = client
        caFile = account.caFile
        allowsInsecureHTTP = account.insecureHTTP
        timeout = poll.timeout
    }

    func get(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        var curl = CurlRequest(
            url: request.url,
            headers: [
                CurlHeader("Authorization", "Bearer \(request.token.reveal())"),
                CurlHeader("Accept", "application/json"),
            ],
            userAgent: BuildInfo.userAgent)
        curl.connectTimeout = min(timeout, curl.connectTimeout)
        curl.totalTimeout = timeout
        curl.caFile = caFile
        curl.allowInsecureHTTP = allowsInsecureHTTP
        do throws(CurlError) {
            let response = try await client.perform(curl)
            var headers: [String: String] = [:]
            for header in response.headers { headers[header.name.lowercased()] = header.value }
            return HTTPResponse(
                status: response.status, headers: headers, body: response.body, duration: response.duration)
        } catch {
            throw TransportError(Self.kind(of: error), error.cause)
        }
    }

    private static func kind(of error: CurlError) -> TransportError.Kind {
        switch error.kind {
        case .timeout: .timeout
        case .tls: .tls
        case .bodyTooLarge, .headersTooLarge: .tooLarge
        case .cancelled, .closed: .cancelled
        case .invalidURL, .insecureURL, .invalidHeader: .refused
        case .dns: .dns
        case .proxy: .proxy
        case .connect, .other: .connect
        case .interrupted, .malformedResponse: .broken
        }
    }
}
