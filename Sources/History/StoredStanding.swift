import Backups

/// The stored form of a standing: `late@1767225600000;too-old:dump@1767225600000`. The state comes first, then each
/// finding with its type, if it has one.
enum StoredStanding {
    static func encode(_ standing: Standing) -> String {
        let findings = standing.findings.map { held in
            part(held.kind.rawValue + (held.type.map { ":\($0.label)" } ?? ""), held.since)
        }
        return ([part(standing.state.rawValue, standing.since)] + findings).joined(separator: ";")
    }

    /// Nil for a text that is no standing. Leaves out findings that this version does not know.
    static func decode(_ text: String) -> Standing? {
        let parts = text.split(separator: ";").map { $0.split(separator: "@") }
        guard let first = parts.first, let (word, since) = read(first), let state = HealthState(rawValue: word)
        else { return nil }
        let findings = parts.dropFirst().compactMap { part -> Standing.Held? in
            guard let (word, since) = read(part) else { return nil }
            let words = word.split(separator: ":").map(String.init)
            guard let kind = words.first.flatMap(FindingKind.init) else { return nil }
            let type = words.count > 1 ? BackupType.allCases.first { $0.label == words[1] } : nil
            return Standing.Held(kind: kind, type: type, since: since)
        }
        return Standing(state: state, since: since, findings: findings)
    }

    private static func part(_ word: String, _ since: Timestamp) -> String { "\(word)@\(since.milliseconds)" }

    private static func read(_ part: [Substring]) -> (String, Timestamp)? {
        guard part.count == 2, let milliseconds = Int64(part[1]) else { return nil }
        return (String(part[0]), Timestamp(milliseconds: milliseconds))
    }
}
