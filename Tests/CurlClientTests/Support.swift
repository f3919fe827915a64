import CurlClient
import Foundation

/// A response with a Content-Length.
func http(_ status: String = "200 OK", _ headers: [String] = [], body: [UInt8] = []) -> [UInt8] {
    let lines = ["HTTP/1.1 \(status)"] + headers + ["Content-Length: \(body.count)", "", ""]
    return Array(lines.joined(separator: "\r\n").utf8) + body
}

func http(_ status: String = "200 OK", _ headers: [String] = [], body: String) -> [UInt8] {
    http(status, headers, body: Array(body.utf8))
}

extension ScriptedServer {
    func request(_ path: String = "/") -> CurlRequest {
        CurlRequest(url: "http://127.0.0.1:\(port)\(path)", userAgent: "curl-client-tests")
    }
}

extension CurlClient {
    /// The error of a request that is expected to fail; nil if it does not.
    func failure(_ request: CurlRequest) async -> CurlError? {
        do throws(CurlError) {
            _ = try await perform(request)
            return nil
        } catch {
            return error
        }
    }
}

/// Blocks the threads of servers until a test opens it.
///
/// `@unchecked Sendable`: the variable is used under the condition's lock alone.
final class Gate: @unchecked Sendable {
    private let condition = NSCondition()
    private var isOpen = false

    func open() {
        condition.withLock {
            isOpen = true
            condition.broadcast()
        }
    }

    func wait() {
        condition.withLock {
            while !isOpen { condition.wait() }
        }
    }
}

/// Blocks the threads of servers until as many of them wait; then lets this group pass.
///
/// `@unchecked Sendable`: the variable is used under the condition's lock alone.
final class Barrier: @unchecked Sendable {
    private let condition = NSCondition()
    private let size: Int
    private var arrivals = 0

    init(size: Int) {
        self.size = size
    }

    func pass() {
        condition.withLock {
            arrivals += 1
            condition.broadcast()
            let lastOfGroup = (arrivals + size - 1) / size * size
            while arrivals < lastOfGroup { condition.wait() }
        }
    }
}

extension NSCondition {
    func withLock<Result>(_ body: () -> Result) -> Result {
        lock()
        defer { unlock() }
        return body()
    }
}
