/// The API requests so far, without control requests. Contains no token.
package struct RequestLog: Sendable, Equatable {
    /// The last request.
    package struct Details: Sendable, Equatable {
        /// The method.
        package var method: String
        /// The path and query as the client sent them.
        package var target: String
        /// The status of the answer; 0 for a request that is never answered.
        package var status: Int
        /// The value of `User-Agent`.
        package var userAgent: String?
        /// The value of `Accept-Encoding`.
        package var acceptEncoding: String?
        /// Whether the request had an `Authorization` header, valid or not.
        package var hasAuthorization: Bool
    }

    /// The number of requests.
    package var total = 0
    /// The number of connections, including those of control requests.
    package var connections = 0
    /// Requests by endpoint: the raw value of `Endpoint`.
    package var endpoints: [String: Int] = [:]
    /// Requests by path and query as the client sent them. Only the first hundred thousand different paths count.
    package var paths: [String: Int] = [:]
    /// Requests by the status of the answer; 0 for requests that are never answered.
    package var statuses: [Int: Int] = [:]
    /// The last request; nil before the first.
    package var last: Details?

    mutating func add(_ request: SimulatedRequest, endpoint: Endpoint, status: Int) {
        total += 1
        endpoints[endpoint.rawValue, default: 0] += 1
        statuses[status, default: 0] += 1
        // A client that reads endless pages must not fill the memory.
        if paths.count < 100_000 || paths[request.target] != nil {
            paths[request.target, default: 0] += 1
        }
        last = Details(
            method: request.method, target: request.target, status: status,
            userAgent: request.userAgent, acceptEncoding: request.acceptEncoding,
            hasAuthorization: request.authorization != nil)
    }

    /// The log as JSON, sorted by name.
    var json: JSONValue {
        func counts(_ counts: [String: Int]) -> JSONValue {
            .object(counts.sorted { $0.key < $1.key }.map { .init($0.key, .int(Int64($0.value))) })
        }
        func text(_ text: String?) -> JSONValue {
            text.map { .string($0) } ?? .null
        }
        let byStatus = Dictionary(uniqueKeysWithValues: statuses.map { (String($0.key), $0.value) })
        var last = JSONValue.null
        if let details = self.last {
            last = [
                "method": .string(details.method),
                "target": .string(details.target),
                "status": .int(Int64(details.status)),
                "userAgent": text(details.userAgent),
                "acceptEncoding": text(details.acceptEncoding),
                "hasAuthorization": .bool(details.hasAuthorization),
            ]
        }
        return [
            "total": .int(Int64(total)), "connections": .int(Int64(connections)),
            "endpoints": counts(endpoints), "paths": counts(paths), "statuses": counts(byStatus),
            "last": last,
        ]
    }
}
