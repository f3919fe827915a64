/// A token that cannot be printed by accident: interpolation, dumps and reflection show `<redacted>`.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let value: String

    package init(_ value: String) { self.value = value }

    /// The secret itself; for the `Authorization` header and nothing else.
    package func reveal() -> String { value }

    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The text without the secret, for words that come from a server which was told it.
    package func redact(from text: String) -> String {
        // By scalars: as characters, a combining one behind the secret would hide it.
        value.isEmpty
            ? text
            : text.unicodeScalars.split(separator: value.unicodeScalars, omittingEmptySubsequences: false)
                .map { String($0) }.joined(separator: "<redacted>")
    }
}
