/// A user and a password for Basic authentication (RFC 7617).
package struct CurlCredentials: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let user: String
    package let password: String

    package init(user: String, password: String) {
        self.user = user
        self.password = password
    }

    /// Without the password, so that it cannot be printed by accident.
    package var description: String { "CurlCredentials(user: \(user))" }
    package var customMirror: Mirror { Mirror(self, children: ["user": user]) }

    /// - Throws: `invalidHeader` if the name ends too early, or a text has a character that none can have.
    func validate() throws(CurlError) {
        guard !user.utf8.contains(UInt8(ascii: ":")) else { throw .invalidHeader("the user's name has a colon") }
        guard !(user + password).utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw .invalidHeader("the user's name or password has a control character")
        }
    }
}
