/// Some labels in the order they were given, already escaped and rendered: `account="acme",project="shop"`.
/// Rendered once and used by every sample of an addon.
package struct LabelSet: Hashable, Sendable {
    package private(set) var rendered: [UInt8] = []

    package init(_ labels: KeyValuePairs<String, String> = [:]) {
        for (name, value) in labels { add(name, value) }
    }

    /// The same labels and one more.
    package func with(_ name: String, _ value: String) -> LabelSet {
        var copy = self
        copy.add(name, value)
        return copy
    }

    private mutating func add(_ name: String, _ value: String) {
        if !rendered.isEmpty { rendered.append(UInt8(ascii: ",")) }
        rendered.append(contentsOf: name.utf8)
        rendered.append(contentsOf: "=\"".utf8)
        rendered.appendEscaped(value, quotes: true)
        rendered.append(UInt8(ascii: "\""))
    }
}

extension [UInt8] {
    /// Escapes as both formats do: backslash and line feed always, quotes in label values and in the help of
    /// OpenMetrics.
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
