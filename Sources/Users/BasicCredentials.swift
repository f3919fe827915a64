import FoundationEssentials

/// The name and the password of an `Authorization` header of the scheme Basic (RFC 7617).
package struct BasicCredentials: Equatable, Sendable {
    package let user: String
    package let password: String

    /// Longer headers are refused before they are decoded. A name and a password of the longest kinds fit.
    private static let maxBytes = 2048

    /// Nil if the header has another scheme or form.
    package init?(header: String) {
        guard header.utf8.count <= Self.maxBytes else { return nil }
        let scheme = header.prefix { $0 != " " }
        guard scheme.lowercased() == "basic" else { return nil }
        let token = header.dropFirst(scheme.count).drop { $0 == " " }
        guard
            let bytes = Data(base64Encoded: String(token)),
            let text = String(validating: bytes, as: UTF8.self),
            // RFC 7617 allows none, and a NUL would end the password for bcrypt.
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }),
            // By scalars: a combining character after the colon would hide it from a search by characters.
            let colon = text.unicodeScalars.firstIndex(of: ":")
        else { return nil }
        user = String(text.unicodeScalars[..<colon])
        password = String(text.unicodeScalars[colon...].dropFirst())
    }
}

extension BasicCredentials: CustomStringConvertible, CustomReflectable {
    /// Without the password, so that it cannot be printed by accident.
    package var description: String { "BasicCredentials(user: \(user))" }
    package var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}
