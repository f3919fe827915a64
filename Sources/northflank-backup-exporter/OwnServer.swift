import CurlClient
import Exporter

/// Asks a running exporter.
enum OwnServer {
    static let defaultURL = "http://127.0.0.1:9974"

    /// Why it did not answer, for people.
    struct Problem: Error, CustomStringConvertible {
        let url: String
        let reason: String

        var description: String { "\(url): \(reason); is the exporter running there? Name it with --url" }
    }

    /// The body of an answer with status 200.
    ///
    /// - Throws: `Problem` if there is none within ten seconds.
    static func get(_ url: String, _ path: String) async throws(Problem) -> [UInt8] {
        let curl = CurlClient(maxConcurrentTransfers: 1)
        var request = CurlRequest(
            url: url.trimmingSuffix(while: { $0 == "/" }) + path, userAgent: BuildInfo.userAgent)
        request.totalTimeout = .seconds(10)
        // Nothing secret goes there.
        request.allowInsecureHTTP = true
        let reason: String
        do throws(CurlError) {
            let response = try await curl.perform(request)
            if response.status == 200 {
                await curl.shutdown()
                return response.body
            }
            reason = "answered with status \(response.status)"
        } catch {
            reason = error.message
        }
        await curl.shutdown()
        throw Problem(url: url, reason: reason)
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
