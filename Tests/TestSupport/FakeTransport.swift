package import Northflank
import Synchronization

/// Answers requests from a script instead of a network.
package final class FakeTransport: HTTPTransport {
    package enum Answer: Sendable {
        case response(HTTPResponse)
        case failure(TransportError)
        /// No answer ever comes; ends when the task is cancelled.
        case silence

        /// A response with status 200.
        package static func ok(_ body: String, headers: [String: String] = [:]) -> Answer {
            .status(200, body, headers: headers)
        }

        package static func status(_ status: Int, _ body: String = "", headers: [String: String] = [:]) -> Answer {
            .response(HTTPResponse(status: status, headers: headers, body: Array(body.utf8), duration: 0.25))
        }

        package static func failure(_ kind: TransportError.Kind) -> Answer {
            .failure(TransportError(kind, "\(kind) in a test"))
        }
    }

    private let answer: @Sendable (HTTPRequest) async -> Answer
    private let requests = Mutex<[HTTPRequest]>([])

    /// - Parameter answer: what to say to each request; may wait before it does.
    package init(_ answer: @escaping @Sendable (HTTPRequest) async -> Answer) {
        self.answer = answer
    }

    /// - Parameter script: the answers to each URL, one after the other. A request that nothing is left for is
    ///   refused, which is not retried.
    package convenience init(_ script: [String: [Answer]]) {
        let rest = Script(script)
        self.init { rest.next($0.url) }
    }

    /// The URLs that were asked for, in order.
    package var urls: [String] { requests.withLock { $0.map(\.url) } }

    /// The tokens that came with the requests, in order; compare them, since they do not print.
    package var tokens: [Secret] { requests.withLock { $0.map(\.token) } }

    package func get(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        requests.withLock { $0.append(request) }
        switch await answer(request) {
        case .response(let response): return response
        case .failure(let error): throw error
        case .silence:
            await untilCancelled()
            throw TransportError(.cancelled, "the request was cancelled")
        }
    }

    private func untilCancelled() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        // Iterating a stream ends when the task is cancelled.
        for await _ in stream {}
        continuation.finish()
    }

    private final class Script: Sendable {
        private let rest: Mutex<[String: [Answer]]>

        init(_ script: [String: [Answer]]) { rest = Mutex(script) }

        func next(_ url: String) -> Answer {
            rest.withLock { rest in
                guard rest[url]?.isEmpty == false, let answer = rest[url]?.removeFirst() else {
                    return .failure(TransportError(.refused, "nothing is scripted for \(url)"))
                }
                return answer
            }
        }
    }
}
