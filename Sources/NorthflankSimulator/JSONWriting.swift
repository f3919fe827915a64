/// Writes JSON directly into bytes, because a benchmark requests pages of 100 backups thousands of times a second.
extension [UInt8] {
    /// Appends text that needs no escaping, such as punctuation, field names and numbers.
    mutating func append(text: String) {
        append(contentsOf: text.utf8)
    }

    /// Appends a JSON string with its quotes.
    mutating func append(jsonString text: String) {
        append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case 0..<0x20:
                append(text: "\\u00")
                append(Self.hexDigits[Int(byte >> 4)])
                append(Self.hexDigits[Int(byte & 15)])
            default:
                append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }

    /// Appends `"name":"value"` after a comma if `first` is false.
    mutating func appendField(_ name: String, _ value: String, first: Bool = false) {
        append(text: first ? "\"" : ",\"")
        append(text: name)
        append(text: "\":")
        append(jsonString: value)
    }

    /// Appends `,"name":value`, or nothing for an absent value.
    mutating func appendField(_ name: String, json value: JSONValue?, first: Bool = false) {
        guard let value else { return }
        append(text: first ? "\"" : ",\"")
        append(text: name)
        append(text: "\":")
        value.write(to: &self)
    }

    /// Appends `[a,b,…]`.
    mutating func appendList<Value>(
        _ elements: some Sequence<Value>,
        element: (inout [UInt8], Value) -> Void
    ) {
        append(UInt8(ascii: "["))
        var first = true
        for value in elements {
            if !first { append(UInt8(ascii: ",")) }
            first = false
            element(&self, value)
        }
        append(UInt8(ascii: "]"))
    }

    fileprivate static var hexDigits: [UInt8] { Array("0123456789abcdef".utf8) }
}
