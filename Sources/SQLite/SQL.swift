/// The text of a statement that is run often. Each connection compiles it once.
///
/// Keep it in a `static let`: the object itself, not the text, is what a connection remembers the compiled statement by.
package final class SQL: Sendable {
    let text: String

    package init(_ text: String) {
        self.text = text
    }
}
