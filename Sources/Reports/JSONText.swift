import FoundationEssentials

/// JSON of reports: keys in snake case and in a fixed order.
enum JSONText {
    static func bytes(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        // Texts and numbers can always be encoded.
        return (try? encoder.encode(value)).map(Array.init) ?? []
    }

    /// - Throws: `DecodingError` if the bytes are no such value.
    static func value<Value: Decodable>(_ type: Value.Type, _ json: [UInt8]) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(json))
    }
}

extension Explanation {
    package var json: [UInt8] { JSONText.bytes(self) }

    /// - Throws: `DecodingError` if the bytes are no explanation.
    package init(json: [UInt8]) throws { self = try JSONText.value(Explanation.self, json) }
}
