/// Something that goes wrong on purpose.
package struct Fault: Sendable, Equatable {
    /// What goes wrong.
    package enum Kind: Sendable, Equatable {
        /// The answer comes this many seconds later. Combines with any other fault.
        case latency(seconds: Double)
        /// Another status, with the given value of `Retry-After` and body.
        case status(Int, retryAfter: String? = nil, body: ErrorBody = .json)
        /// No answer until the client goes away or a minute has passed.
        case noAnswer
        /// `content-length` promises the whole body, half of it comes, the connection closes.
        case cutBody
        /// Valid HTTP, but the JSON ends in the middle.
        case truncatedJSON
        /// `{]`
        case malformedJSON
        /// A page of HTML with status 200.
        case htmlPage
        /// Valid JSON with the wrong types in it.
        case wrongTypes(WrongTypes = .fields)
        /// The first page for ever, with the same cursor.
        case repeatingCursor
        /// The first page for ever, each time with a new cursor.
        case endlessPages
        /// A redirect with the given `Location`.
        case redirect(location: String, status: Int = 302)
        /// Exactly these bytes.
        case canned(body: [UInt8], status: Int = 200, contentType: String = "application/json")
        /// A valid list, padded with spaces to at least this many bytes.
        case oversizedBody(bytes: Int)
        /// The project or addon of the scope is gone: 404, and in no list. Neither `times` nor the scope's
        /// endpoint and path limit it.
        case deleted
        /// The rate limit counts, but its headers are left out. Combines with any other fault.
        case hiddenRateLimit
    }

    /// The body of an error.
    package enum ErrorBody: String, Sendable, Codable {
        /// The API's error shape.
        case json
        /// What a proxy says.
        case html
        /// Nothing.
        case empty
    }

    /// Which types are wrong.
    package enum WrongTypes: String, Sendable, Codable {
        /// Elements with numbers for strings, `createdAt` among them, and strings for objects.
        case fields
        /// The list is an object.
        case list
        /// `data` is null.
        case data
        /// `pagination` is a string; the list is as it should be.
        case pagination
    }

    /// Which requests a fault meets: those that agree with all that is not nil.
    package struct Scope: Sendable, Equatable {
        /// An endpoint.
        package var endpoint: Endpoint?
        /// A project's slug.
        package var project: String?
        /// An addon's slug.
        package var addon: String?
        /// A path as it comes over the wire, without its query.
        package var path: String?

        /// Everything unless narrowed.
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

    /// What goes wrong.
    package var kind: Kind
    /// Which requests it meets.
    package var scope: Scope
    /// For how many more requests; nil is for ever.
    package var times: Int?

    /// A fault for every request, for ever, unless narrowed.
    package init(_ kind: Kind, scope: Scope = .everything, times: Int? = nil) {
        self.kind = kind
        self.scope = scope
        self.times = times
    }
}
