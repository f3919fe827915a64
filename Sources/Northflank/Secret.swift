/// A token that cannot be printed by accident: interpolation, dumps and reflection show `<redacted>`.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let value: String

    package init(_ value: String) { self.value = value }

    /// The secret itself; only for the `Authorization` header and for comparisons.
    package func reveal() -> String { value }

    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The text without the secret: a server that received the secret can repeat it in its messages.
    package func redact(from text: String) -> String {
        // By scalars: compared by characters, a combining character after the secret would hide it.
        value.isEmpty
            ? text
            : text.unicodeScalars.split(separator: value.unicodeScalars, omittingEmptySubsequences: false)
                .map { String($0) }.joined(separator: "<redacted>")
    }
}
