/// A header field of a request or a response.
package struct CurlHeader: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Checks that the header cannot break out of its line.
    ///
    /// - Throws: `invalidHeader` if the name is not a token (RFC 9110, section 5.6.2) or the value has
    ///   a byte that ends a header line, or a string in C.
    func validate() throws(CurlError) {
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte) else {
            throw .invalidHeader("a header's name is not a token")
        }
        guard !value.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) else {
            throw .invalidHeader("the value of \(name) contains a line break or a NUL")
        }
    }

    /// The header in libcurl's notation, in which "Name:" removes a header and "Name;" sends an empty one.
    var line: String {
        value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? "\(name);" : "\(name): \(value)"
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
