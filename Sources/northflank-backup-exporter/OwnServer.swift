import CurlClient
import Fleet

/// Asks a running exporter.
enum OwnServer {
    static let defaultURL = "http://127.0.0.1:9974"

    /// Why it did not answer, for people.
    struct Problem: Error, CustomStringConvertible {
        let url: String
        let reason: String

        /// Whether it may not be the exporter that is asked.
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
        // Nothing secret goes there, and the proxy is for the way to Northflank.
        request.allowInsecureHTTP = true
        request.usesProxy = false
        // A report has some 430 bytes an addon.
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
    /// - Parameter response: an answer that is none. The exporter says what is wrong with it.
    fileprivate init(_ url: String, _ response: CurlResponse) {
        let isUnavailable = response.status == 503
        let text = String(decoding: response.body.prefix(200), as: UTF8.self).prefix { !$0.isNewline }
        self.init(
            url: url,
            reason: "answered with status \(response.status)" + (isUnavailable && !text.isEmpty ? ": \(text)" : ""),
            isStranger: !isUnavailable)
    }
}
