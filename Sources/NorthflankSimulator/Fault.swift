/// A simulated failure.
package struct Fault: Sendable, Equatable {
    /// The kind of failure.
    package enum Kind: Sendable, Equatable {
        /// The answer is delayed by this many seconds. Combines with any other fault.
        case latency(seconds: Double)
        /// Another status, with the given value of `Retry-After` and body.
        case status(Int, retryAfter: String? = nil, body: ErrorBody = .json)
        /// No answer. The connection closes after a minute, or when the client closes it.
        case noAnswer
        /// `content-length` announces the whole body, half of it is sent, then the connection closes.
        case cutBody
        /// Valid HTTP, but the JSON ends in the middle.
        case truncatedJSON
        /// `{]`
        case malformedJSON
        /// A page of HTML with status 200.
        case htmlPage
        /// Valid JSON with the wrong types in it.
        case wrongTypes(WrongTypes = .fields)
        /// The first page for every request, with the same cursor.
        case repeatingCursor
        /// The first page for every request, each time with a new cursor.
        case endlessPages
        /// A redirect with the given `Location`.
        case redirect(location: String, status: Int = 302)
        /// Exactly these bytes.
        case canned(body: [UInt8], status: Int = 200, contentType: String = "application/json")
        /// A valid list, padded with spaces to at least this many bytes.
        case oversizedBody(bytes: Int)
        /// The project or addon of the scope is deleted: 404, and in no list. `times` and the scope's endpoint and path
        /// do not limit it.
        case deleted
        /// The rate limit applies, but its headers are missing. Combines with any other fault.
        case hiddenRateLimit
    }

    /// The body of an error.
    package enum ErrorBody: String, Sendable, Codable {
        /// The API's error shape.
        case json
        /// A page of a proxy.
        case html
        /// Nothing.
        case empty
    }

    /// The values with wrong types.
    package enum WrongTypes: String, Sendable, Codable {
        /// Elements with numbers for strings, `createdAt` among them, and strings for objects.
        case fields
        /// The list is an object.
        case list
        /// `data` is null.
        case data
        /// `pagination` is a string; the list is correct.
        case pagination
    }

    /// The requests that a fault affects: those that match every property that is not nil.
    package struct Scope: Sendable, Equatable {
        /// An endpoint.
        package var endpoint: Endpoint?
        /// A project's slug.
        package var project: String?
        /// An addon's slug.
        package var addon: String?
        /// A path as sent by the client, without its query.
        package var path: String?

        /// A scope of every request, unless narrowed.
        package init(
            endpoint: Endpoint? = nil, project: String? = nil, addon: String? = nil,
            path: String? = nil
        ) {
            self.endpoint = endpoint
            self.project = project
            self.addon = addon
            self.path = path
        }

        /// Every request.
        package static let everything = Scope()

        func contains(_ route: Route) -> Bool {
            (endpoint == nil || endpoint == route.endpoint)
                && (project == nil || project == route.project)
                && (addon == nil || addon == route.addon)
                && (path == nil || path == route.rawPath)
        }
    }

    /// The kind of failure.
    package var kind: Kind
    /// The requests that the fault affects.
    package var scope: Scope
    /// The number of requests that the fault still affects; nil for no limit.
    package var times: Int?

    /// A fault for every request without limit, unless narrowed.
    package init(_ kind: Kind, scope: Scope = .everything, times: Int? = nil) {
        self.kind = kind
        self.scope = scope
        self.times = times
    }
}
