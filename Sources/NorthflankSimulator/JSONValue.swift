/// Any JSON value, so that a backup written by hand can contain undocumented values.
package enum JSONValue: Sendable, Equatable {
    /// `null`, as opposed to an absent field.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case int(Int64)
    /// Any other number. Infinity and NaN, which JSON does not have, are written as `null`.
    case double(Double)
    /// A string.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// An object, in the order given.
    case object([Member])

    /// A field of an object.
    package struct Member: Sendable, Equatable {
        /// The field's name.
        package var name: String
        /// The field's value.
        package var value: JSONValue

        /// A field with this name and value.
        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .int(value) }
    package init(floatLiteral value: Double) { self = .double(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}

extension JSONValue {
    /// Appends this value as compact JSON.
    func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(text: "null")
        case .bool(let value): bytes.append(text: value ? "true" : "false")
        case .int(let value): bytes.append(text: String(value))
        case .double(let value): bytes.append(text: value.isFinite ? "\(value)" : "null")
        case .string(let value): bytes.append(jsonString: value)
        case .array(let values):
            bytes.appendList(values) { $1.write(to: &$0) }
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(jsonString: member.name)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// This value as compact JSON.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }
}
