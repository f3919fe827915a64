import YAMLDocument

/// Collects problems, so that all of them are reported at once.
final class ProblemCollector {
    let file: String
    let checks: ReferenceChecks
    private var reported: [ConfigurationProblem] = []

    init(file: String, checks: ReferenceChecks) {
        self.file = file
        self.checks = checks
    }

    /// In the order of the file.
    var problems: [ConfigurationProblem] {
        // The index keeps the order of equal lines, which sorting alone does not guarantee.
        reported.enumerated().sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
            .map(\.element)
    }

    /// The number of problems so far.
    var count: Int { reported.count }

    func report(line: Int?, key: String, _ message: String) {
        reported.append(ConfigurationProblem(file: file, line: line, key: key, message: message))
    }
}

/// A place in the YAML document, with strict reading: a wrong value is reported with its line and key, and read as nil.
struct ConfigNode {
    let node: YAMLNode
    let path: String
    let collector: ProblemCollector

    var line: Int? { node.line }

    func report(_ message: String) {
        collector.report(line: line, key: path, message)
    }

    /// The values of a mapping by key. Reports unknown keys, with the known key that was probably meant.
    func mapping(keys: [String]) -> [String: ConfigNode]? {
        guard case .mapping(let mapping) = node.content else {
            wrongType("a mapping with the keys \(keys.joined(separator: ", "))")
            return nil
        }
        var values: [String: ConfigNode] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.text ?? ""
            if values[name] != nil {
                collector.report(
                    line: key.line, key: path.isEmpty ? name : "\(path).\(name)", "this key is there twice; keep one")
            } else if keys.contains(name) {
                values[name] = child(value, ".\(name)", isRoot: path.isEmpty)
            } else {
                let hint = EditDistance.nearest(to: name, in: keys).map { "did you mean \"\($0)\"? " } ?? ""
                collector.report(
                    line: key.line, key: path.isEmpty ? name : "\(path).\(name)",
                    "unknown key; \(hint)known here: \(keys.joined(separator: ", "))")
            }
        }
        return values
    }

    func list(_ what: String = "a list") -> [ConfigNode]? {
        guard case .list(let nodes) = node.content else {
            wrongType(what)
            return nil
        }
        return nodes.enumerated().map { child($1, "[\($0)]", isRoot: false) }
    }

    /// A text that is not empty or blank.
    func string(_ what: String = "a text") -> String? {
        guard let text = node.scalar?.string else {
            let isBare = node.scalar.map { !$0.isNull } ?? false
            wrongType(what + (isBare ? " (in quotes, or YAML takes it for something else)" : ""))
            return nil
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            report("must not be empty; expected \(what)")
            return nil
        }
        return text
    }

    func strings() -> [String]? {
        list().map { $0.compactMap { $0.string() } }
    }

    func bool() -> Bool? {
        guard let value = node.scalar?.bool else {
            wrongType("true or false")
            return nil
        }
        return value
    }

    func integer(_ range: ClosedRange<Int>) -> Int? {
        guard let value = node.scalar?.integer, range.contains(value) else {
            wrongType("a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    /// A number above 0 and at most 1.
    func share() -> Double? {
        guard let value = node.scalar?.number, value > 0, value <= 1 else {
            wrongType("a number above 0 and at most 1, such as 0.5")
            return nil
        }
        return value
    }

    /// A duration in Prometheus's notation.
    func duration(_ range: ClosedRange<Duration>) -> Duration? {
        guard let text = node.scalar?.text, let value = PrometheusDuration.duration(text) else {
            wrongType("a duration as Prometheus writes it, such as 30s, 5m, 26h or 1d")
            return nil
        }
        guard range.contains(value) else {
            report(
                "\(text) is out of range; expected \(PrometheusDuration.text(range.lowerBound)) to "
                    + PrometheusDuration.text(range.upperBound))
            return nil
        }
        return value
    }

    func wrongType(_ expected: String) {
        report("expected \(expected), found \(found)")
    }

    private var found: String {
        switch node.content {
        case .mapping: return "a mapping"
        case .list: return "a list"
        case .scalar(let scalar):
            if scalar.isNull { return "nothing" }
            return scalar.string.map { "\"\($0)\"" } ?? scalar.text
        }
    }

    private func child(_ node: YAMLNode, _ step: String, isRoot: Bool) -> ConfigNode {
        ConfigNode(node: node, path: isRoot ? String(step.dropFirst()) : path + step, collector: collector)
    }
}

/// Finds the word that was probably meant.
package enum EditDistance {
    package static func nearest(to word: String, in candidates: [String]) -> String? {
        let ranked = candidates.map { (word: $0, distance: between(Array(word), Array($0))) }
        return ranked.min { $0.distance < $1.distance }.flatMap { $0.distance <= 2 ? $0.word : nil }
    }

    /// The words that are most like another one, the nearest first.
    package static func nearest(_ count: Int, to word: String, in candidates: some Sequence<String>) -> [String] {
        let bytes = Array(word.utf8)
        let ranked = candidates.map { (distance: between(bytes, Array($0.utf8)), word: $0) }
        return ranked.sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }.prefix(count).map(\.word)
    }

    private static func between<Element: Equatable>(_ a: [Element], _ b: [Element]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let substitution = diagonal + (x == y ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
