/// A request, reduced to what the simulator looks at.
package struct SimulatedRequest: Sendable {
    /// `GET`, …
    package var method: String
    /// The path and query as they came over the wire, percent-encoded.
    package var target: String
    /// The value of `Authorization`.
    package var authorization: String?
    /// The value of `User-Agent`.
    package var userAgent: String?
    /// The value of `Accept-Encoding`.
    package var acceptEncoding: String?
    /// The body; only control requests have one.
    package var body: [UInt8]

    /// A `GET` unless told otherwise.
    package init(
        method: String = "GET", _ target: String, authorization: String? = nil,
        userAgent: String? = nil, acceptEncoding: String? = nil, body: [UInt8] = []
    ) {
        self.method = method
        self.target = target
        self.authorization = authorization
        self.userAgent = userAgent
        self.acceptEncoding = acceptEncoding
        self.body = body
    }
}

/// What the simulator answers, and how it is to be delivered.
package struct SimulatedAnswer: Sendable {
    /// How the answer goes over the wire.
    package enum Delivery: Sendable, Equatable {
        /// As it should.
        case whole
        /// `content-length` promises all of the body, half of it is sent, then the connection closes.
        case cut
        /// Nothing is ever sent.
        case never
    }

    /// The HTTP status.
    package var status: Int
    /// Header names in lower case and their values, in the order of sending, without `content-length`.
    package var headers: [(name: String, value: String)]
    /// The body.
    package var body: [UInt8]
    /// Seconds to wait before anything is sent.
    package var delay = 0.0
    /// How the answer goes over the wire.
    package var delivery = Delivery.whole

    /// The value of a header, by its name in lower case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    /// An answer of JSON.
    static func json(_ body: [UInt8], status: Int = 200) -> SimulatedAnswer {
        SimulatedAnswer(
            status: status, headers: [("content-type", "application/json; charset=utf-8")], body: body)
    }

    /// The API's error shape.
    static func error(_ status: Int, id: String, _ message: String) -> SimulatedAnswer {
        var body: [UInt8] = []
        body.append(text: "{\"error\":{\"status\":\(status)")
        body.appendField("message", message)
        body.appendField("id", id)
        body.append(text: "}}")
        return json(body, status: status)
    }

    /// A page such as a proxy in between would show.
    static func html(_ title: String, status: Int) -> SimulatedAnswer {
        let page =
            "<!DOCTYPE html>\n<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>\n"
        return SimulatedAnswer(
            status: status, headers: [("content-type", "text/html; charset=utf-8")],
            body: Array(page.utf8))
    }
}
