import YAMLDocument

extension WebConfiguration {
    /// A check of a higher cost takes longer than clients wait: about a second at 14, twice as long at each step.
    private static let costs = 4...14

    /// The hashes by the names of users. No problem repeats a hash, nor a text that may be a password.
    static func users(_ node: ConfigNode) -> [String: String] {
        guard case .mapping(let pairs) = node.node.content else {
            node.report("expected a mapping of names of users to bcrypt hashes of their passwords")
            return [:]
        }
        var users: [String: String] = [:]
        for (index, (key, value)) in pairs.enumerated() {
            guard let name = key.scalar?.text, isName(name) else {
                // Without the name, which may be a hash in the place of a name.
                node.collector.report(
                    line: key.line, key: "\(node.path)[\(index)]",
                    "is not the name of a user: one has letters, digits and signs other than a colon or a dollar sign, "
                        + "and at most 255 bytes")
                continue
            }
            let path = "\(node.path).\(name)"
            guard users[name] == nil else {
                node.collector.report(line: key.line, key: path, "this key is there twice; keep one")
                continue
            }
            let hash = value.scalar?.text ?? ""
            users[name] = hash
            problem(hash).map { node.collector.report(line: value.line, key: path, $0) }
        }
        return users
    }

    /// RFC 7617 ends a name at a colon and allows no control characters.
    private static func isName(_ name: String) -> Bool {
        (1...255).contains(name.utf8.count) && !name.hasPrefix("$")
            && name.unicodeScalars.allSatisfy { $0 != ":" && $0.properties.generalCategory != .control }
    }

    private static func problem(_ hash: String) -> String? {
        let recipe = "make one with: htpasswd -nBC 10 NAME"
        guard let match = hash.wholeMatch(of: /\$2[aby]\$([0-9]{2})\$[.\/A-Za-z0-9]{53}/), let cost = Int(match.1)
        else {
            return "is not a bcrypt hash, which begins with $2y$, $2b$ or $2a$ and has 60 characters; \(recipe)"
        }
        guard costs.contains(cost) else {
            return "the hash has the cost \(cost); expected \(costs.lowerBound) to \(costs.upperBound), "
                + "because each request with a new password computes it; \(recipe)"
        }
        return nil
    }
}
