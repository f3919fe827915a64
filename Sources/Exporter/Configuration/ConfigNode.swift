import Yams

/// Collects what is wrong, so that all of it is reported at once.
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
        // Sorting keeps the order of equals only if told so.
        reported.enumerated().sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
            .map(\.element)
    }

    func report(line: Int?, key: String, _ message: String) {
        reported.append(ConfigurationProblem(file: file, line: line, key: key, message: message))
    }
}

/// A place in the YAML document, which reads itself strictly: whatever is wrong is reported with its line and
/// key, and the value is then nil.
struct ConfigNode {
    let node: Node
    let path: String
    let collector: ProblemCollector

    var line: Int? { node.mark?.line }

    func report(_ message: String) {
        collector.report(line: line, key: path, message)
    }

    /// The values of a mapping by key. Reports unknown keys, with the known one that was probably meant.
    func mapping(keys: [String]) -> [String: ConfigNode]? {
        guard let mapping = node.mapping else {
            wrongType("a mapping with the keys \(keys.joined(separator: ", "))")
            return nil
        }
        var values: [String: ConfigNode] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            if keys.contains(name) {
                values[name] = child(value, ".\(name)", isRoot: path.isEmpty)
            } else {
                let hint = EditDistance.nearest(to: name, in: keys).map { "did you mean \"\($0)\"? " } ?? ""
                collector.report(
                    line: key.mark?.line, key: path.isEmpty ? name : "\(path).\(name)",
                    "unknown key; \(hint)known here: \(keys.joined(separator: ", "))")
            }
        }
        return values
    }

    func list() -> [ConfigNode]? {
        guard let sequence = node.sequence else {
            wrongType("a list")
            return nil
        }
        return sequence.enumerated().map { child($1, "[\($0)]", isRoot: false) }
    }

    /// A text that is not empty.
    func string(_ what: String = "a text") -> String? {
        guard let scalar = node.scalar, node.tag == Tag(.str) else {
            let isBare = node.scalar != nil && node.tag != Tag(.null)
            wrongType(what + (isBare ? " (in quotes, or YAML takes it for something else)" : ""))
            return nil
        }
        guard !scalar.string.isEmpty else {
            report("must not be empty; expected \(what)")
            return nil
        }
        return scalar.string
    }

    func strings() -> [String]? {
        list().map { $0.compactMap { $0.string() } }
    }

    func bool() -> Bool? {
        guard node.tag == Tag(.bool), let value = node.bool else {
            wrongType("true or false")
            return nil
        }
        return value
    }

    func integer(_ range: ClosedRange<Int>) -> Int? {
        guard let value = node.tag == Tag(.int) ? node.int : nil, range.contains(value) else {
            wrongType("a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    /// A number above 0 and at most 1.
    func share() -> Double? {
        guard
            let value = [Tag(.int), Tag(.float)].contains(node.tag) ? node.float ?? node.int.map(Double.init) : nil,
            value > 0, value <= 1
        else {
            wrongType("a number above 0 and at most 1, such as 0.5")
            return nil
        }
        return value
    }

    /// Seconds, from a duration as Prometheus writes it.
    func duration(atLeast minimum: Double, atMost maximum: Double) -> Double? {
        guard let text = node.scalar?.string, let value = PrometheusDuration.seconds(text) else {
            wrongType("a duration as Prometheus writes it, such as 30s, 5m, 26h or 1d")
            return nil
        }
        guard (minimum...maximum).contains(value) else {
            report(
                "\(text) is out of range; expected \(PrometheusDuration.text(minimum)) to "
                    + PrometheusDuration.text(maximum))
            return nil
        }
        return value
    }

    private func wrongType(_ expected: String) {
        report("expected \(expected), found \(found)")
    }

    private var found: String {
        switch node {
        case .mapping: return "a mapping"
        case .sequence: return "a list"
        case .alias: return "an alias"
        case .scalar(let scalar):
            if node.tag == Tag(.null) { return "nothing" }
            return node.tag == Tag(.str) ? "\"\(scalar.string)\"" : scalar.string
        }
    }

    private func child(_ node: Node, _ step: String, isRoot: Bool) -> ConfigNode {
        ConfigNode(node: node, path: isRoot ? String(step.dropFirst()) : path + step, collector: collector)
    }
}

/// Finds the word that was probably meant.
enum EditDistance {
    static func nearest(to word: String, in candidates: [String]) -> String? {
        let ranked = candidates.map { (word: $0, distance: between(Array(word), Array($0))) }
        return ranked.min { $0.distance < $1.distance }.flatMap { $0.distance <= 2 ? $0.word : nil }
    }

    private static func between(_ a: [Character], _ b: [Character]) -> Int {
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
