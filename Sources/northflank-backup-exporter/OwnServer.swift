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
        let curl = CurlClient()
        var request = CurlRequest(
            url: url.trimmingSuffix(while: { $0 == "/" }) + path, userAgent: BuildInfo.userAgent)
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
            problem = Problem(url, response)
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
    fileprivate init(_ url: String, _ response: CurlResponse) {
        let isUnavailable = response.status == 503
        let text = String(decoding: response.body.prefix(200), as: UTF8.self).prefix { !$0.isNewline }
        self.init(
            url: url,
            reason: "answered with status \(response.status)" + (isUnavailable && !text.isEmpty ? ": \(text)" : ""),
            isStranger: !isUnavailable)
    }
}
