import FoundationEssentials

/// The names of all keys in a JSON document, as paths such as `data.addon.id`, sorted. No value is among them, so that
/// the shape of a body can be shown where its content must not be.
package struct JSONKeys: Decodable, Equatable, Sendable {
    /// More are not worth a line of a log.
    private static let most = 40

    package let paths: [String]

    /// Nil if the body is not JSON.
    package init?(body: [UInt8]) {
        guard let keys = try? JSONDecoder().decode(JSONKeys.self, from: Data(body)) else { return nil }
        self = keys
    }

    package init(from decoder: any Decoder) throws {
        var paths: Set<String> = []
        if let object = try? decoder.container(keyedBy: Key.self) {
            for key in object.allKeys {
                let inner = (try? object.decode(JSONKeys.self, forKey: key).paths) ?? []
                paths.formUnion(inner.isEmpty ? [key.shown] : inner.map { key.shown + "." + $0 })
            }
        } else if var list = try? decoder.unkeyedContainer(), let first = try? list.decode(JSONKeys.self) {
            // The entries of a list are alike.
            paths.formUnion(first.paths)
        }
        self.paths = Array(paths.sorted().prefix(Self.most))
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }

        /// What is no name, such as an address, may be a value in the place of a key.
        var shown: String {
            let isName = stringValue.utf8.count <= 40 && stringValue.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_-]*/) != nil
            return isName ? stringValue : "?"
        }
    }
}
