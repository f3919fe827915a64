/// A complete response of any status.
package struct CurlResponse: Sendable {
    package var status: Int
    /// The headers of the final response in the order of their arrival; without trailers, interim responses
    /// and a proxy's answer to CONNECT.
    package var headers: [CurlHeader]
    /// The body without its content encoding.
    package var body: [UInt8]
    /// `1.0`, `1.1`, `2`, `3` or `unknown`.
    package var httpVersion: String
    /// Seconds from the start of the transfer to its end.
    package var duration: Double
    /// How many connections the transfer opened; 0 if it used an open connection.
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

    /// The value of a header; the last value if the header is repeated.
    ///
    /// - Parameter name: The header's name in upper or lower case.
    package func header(_ name: String) -> String? {
        headers.last { Self.areEqualIgnoringCase($0.name, name) }?.value
    }

    private static func areEqualIgnoringCase(_ lhs: String, _ rhs: String) -> Bool {
        lhs.utf8.count == rhs.utf8.count && zip(lhs.utf8, rhs.utf8).allSatisfy { lower($0) == lower($1) }
    }

    /// Lower case for ASCII letters alone: header names have no other letters.
    private static func lower(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
