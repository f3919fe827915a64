import Backups
import YAMLDocument

extension ConfigNode {
    private static let longestLabel = 200

    /// Whether the value is the word that ends the search for a value.
    var isNone: Bool { node.scalar?.text == "none" }

    /// This place as the source of decisions.
    func source() -> DecisionSource {
        DecisionSource(key: path, file: collector.file.split(separator: "/").last.map(String.init), line: line)
    }

    /// This place as the source of the keys that it has, with the lines of their values.
    func sources(_ wanted: [PolicyKey], _ keys: [String: ConfigNode]) -> [PolicyKey: DecisionSource] {
        var sources: [PolicyKey: DecisionSource] = [:]
        for key in wanted {
            guard let value = keys[key.rawValue] else { continue }
            sources[key] = source()
            sources[key]?.line = value.line
        }
        return sources
    }

    /// The policies of an account, in their order.
    ///
    /// - Parameter timeZone: the zone of windows that name none.
    func policies(timeZone: String) -> [PolicyConfiguration] {
        (list() ?? []).compactMap { PolicyConfiguration($0, timeZone: timeZone) }
    }

    /// A text that fits into a label and a line of the log.
    func label(_ what: String) -> String? {
        guard let text = string(what) else { return nil }
        guard text.unicodeScalars.count <= Self.longestLabel, !text.unicodeScalars.contains(where: { $0.value < 32 })
        else {
            report("expected one line of at most \(Self.longestLabel) characters")
            return nil
        }
        return text
    }

    /// One of the words of an enumeration.
    func word<Word: RawRepresentable & CaseIterable>() -> Word? where Word.RawValue == String {
        let words = Word.allCases.map(\.rawValue)
        guard let word = node.scalar.flatMap({ Word(rawValue: $0.text) }) else {
            wrongType("one of \(words.joined(separator: ", "))")
            return nil
        }
        return word
    }

    /// The elements of a list, or none for `none`; nil if one of them cannot be read.
    func entries<Entry>(_ what: String, _ read: (ConfigNode) -> Entry?) -> [Entry]? {
        if isNone { return [] }
        guard let nodes = list(what) else { return nil }
        let entries = nodes.compactMap(read)
        return entries.count == nodes.count ? entries : nil
    }

    /// An instant, or the last second of a day in UTC, which people read as that day.
    func end() -> Timestamp? {
        guard let instant = instant() else { return nil }
        return node.scalar?.text.utf8.count == "2027-03-31".utf8.count ? instant + .seconds(86_399) : instant
    }
}
