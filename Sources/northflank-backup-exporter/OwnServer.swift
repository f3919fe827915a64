import CurlClient
import Fleet

/// Sends requests to a running exporter.
enum OwnServer {
    static let defaultURL = "http://127.0.0.1:9974"

    /// The reason for a missing answer, for people.
    struct Problem: Error, CustomStringConvertible {
        let url: String
        let reason: String

        /// Whether the server may be another program than the exporter.
        var isStranger = true

        var description: String {
            "\(url): \(reason)" + (isStranger ? "; is the exporter running there? Name it with --url" : "")
        }
    }

    /// The body of an answer with status 200.
    ///
    /// - Throws: `Problem` if there is none within ten seconds.
    static func get(_ url: String, _ path: String) async throws(Problem) -> [UInt8] {
        try await send(url, path, isPost: false)
    }

    /// The body of an answer to a POST without a body, with status 200.
    ///
    /// - Throws: `Problem` if there is none within ten seconds.
    static func post(_ url: String, _ path: String) async throws(Problem) -> [UInt8] {
        try await send(url, path, isPost: true)
    }

    private static func send(_ url: String, _ path: String, isPost: Bool) async throws(Problem) -> [UInt8] {
        let curl = CurlClient()
        var request = CurlRequest(
            url: url.trimmingSuffix(while: { $0 == "/" }) + path, userAgent: BuildInfo.userAgent)
        request.isPost = isPost
        request.totalTimeout = .seconds(10)
        // No secret is sent there, and the proxy is for requests to Northflank.
        request.allowInsecureHTTP = true
        request.usesProxy = false
        // A report has about 430 bytes per addon.
        request.maxBodyBytes = 256 << 20
        let problem: Problem
        do throws(CurlError) {
            let response = try await curl.perform(request)
            if response.status == 200 {
                await curl.shutdown()
                return response.body
            }
            problem = Problem(url, response, isPost: isPost)
        } catch {
            problem = Problem(url: url, reason: error.message)
        }
        await curl.shutdown()
        throw problem
    }
}

extension StringProtocol {
    /// The text without the characters at its end that `isUnwanted` is true for.
    fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> String {
        var rest = self[...]
        while let last = rest.last, isUnwanted(last) { rest = rest.dropLast() }
        return String(rest)
    }
}

extension OwnServer.Problem {
    /// - Parameter response: a response with another status. The exporter's body explains it.
    fileprivate init(_ url: String, _ response: CurlResponse, isPost: Bool) {
        // The exporter explains these in its body; another program can have other pages where the exporter has none.
        let isExplained = (isPost ? [400, 403, 404, 409, 503] : [503]).contains(response.status)
        let text = String(decoding: response.body.prefix(200), as: UTF8.self).prefix { !$0.isNewline }
        self.init(
            url: url,
            reason: "answered with status \(response.status)" + (isExplained && !text.isEmpty ? ": \(text)" : ""),
            isStranger: !isExplained)
    }
}
