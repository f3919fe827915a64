/// A complete response, of whatever status.
package struct CurlResponse: Sendable {
    package var status: Int
    /// Those of the final response in the order of their arrival; trailers, interim responses and what a
    /// proxy says of itself are left out.
    package var headers: [CurlHeader]
    /// Decoded: without the content encoding.
    package var body: [UInt8]
    /// `1.0`, `1.1`, `2`, `3` or `unknown`.
    package var httpVersion: String
    /// Seconds from the start of the transfer to its end.
    package var duration: Double
    /// 0 if an open connection was used again.
    package var connectionsOpened: Int

    package init(
        status: Int, headers: [CurlHeader] = [], body: [UInt8] = [], httpVersion: String = "1.1",
        duration: Double = 0, connectionsOpened: Int = 0
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.httpVersion = httpVersion
        self.duration = duration
        self.connectionsOpened = connectionsOpened
    }

    /// The value of a header; the last, if there are several.
    ///
    /// - Parameter name: In any case.
    package func header(_ name: String) -> String? {
        headers.last { Self.areEqualIgnoringCase($0.name, name) }?.value
    }

    private static func areEqualIgnoringCase(_ lhs: String, _ rhs: String) -> Bool {
        lhs.utf8.count == rhs.utf8.count && zip(lhs.utf8, rhs.utf8).allSatisfy { lower($0) == lower($1) }
    }

    /// Of ASCII letters alone: header names have no others.
    private static func lower(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
