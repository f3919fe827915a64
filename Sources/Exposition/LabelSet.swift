/// Labels in a fixed order, escaped and rendered: `account="acme",project="shop"`. Rendering once serves
/// every sample that has these labels.
package struct LabelSet: Hashable, Sendable {
    /// The labels as they stand between a sample's braces.
    package private(set) var rendered: [UInt8] = []

    package init(_ labels: KeyValuePairs<String, String> = [:]) {
        for (name, value) in labels { add(name, value) }
    }

    /// These labels and another after them.
    package func with(_ name: String, _ value: String) -> LabelSet {
        var copy = self
        copy.add(name, value)
        return copy
    }

    private mutating func add(_ name: String, _ value: String) {
        rendered.appendLabel(name, value, isFirst: rendered.isEmpty)
    }
}

extension UInt8 {
    /// The end of a line.
    static let lineFeed = UInt8(ascii: "\n")
}

extension [UInt8] {
    /// Appends a label, after a comma unless it is the first.
    mutating func appendLabel(_ name: String, _ value: String, isFirst: Bool) {
        if !isFirst { append(UInt8(ascii: ",")) }
        append(contentsOf: name.utf8)
        append(contentsOf: "=\"".utf8)
        appendEscaped(value, quotes: true)
        append(UInt8(ascii: "\""))
    }

    /// Appends a text with backslashes and line feeds escaped, as both formats do.
    ///
    /// - Parameter quotes: Whether quotes are escaped too: in label values, and in the help of OpenMetrics.
    mutating func appendEscaped(_ text: String, quotes: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\n"): append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\"") where quotes: append(contentsOf: "\\\"".utf8)
            default: append(byte)
            }
        }
    }
}
