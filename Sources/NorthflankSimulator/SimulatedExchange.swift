/// A request, reduced to the parts that the simulator uses.
package struct SimulatedRequest: Sendable {
    /// The method, such as `GET`.
    package var method: String
    /// The path and query as the client sent them, percent-encoded.
    package var target: String
    /// The value of `Authorization`.
    package var authorization: String?
    /// The value of `User-Agent`.
    package var userAgent: String?
    /// The value of `Accept-Encoding`.
    package var acceptEncoding: String?
    /// The body; only control requests have one.
    package var body: [UInt8]

    /// A `GET` by default.
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

/// An answer of the simulator, and the way to deliver it.
package struct SimulatedAnswer: Sendable {
    /// The way to deliver an answer.
    package enum Delivery: Sendable, Equatable {
        /// Completely.
        case whole
        /// `content-length` announces the whole body, half of it is sent, then the connection closes.
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
    /// The way to deliver the answer.
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

    /// A page such as a proxy sends.
    static func html(_ title: String, status: Int) -> SimulatedAnswer {
        let page =
            "<!DOCTYPE html>\n<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>\n"
        return SimulatedAnswer(
            status: status, headers: [("content-type", "text/html; charset=utf-8")],
            body: Array(page.utf8))
    }
}
