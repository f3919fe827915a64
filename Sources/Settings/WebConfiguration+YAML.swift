import YAMLDocument

extension WebConfiguration {
    /// Reads a file's text.
    ///
    /// - Parameters:
    ///   - file: the file's name, for messages.
    ///   - files: the files that the text names.
    /// - Throws: `ConfigurationError` with every problem. Neither a hash nor a key is in it.
    init(yaml: String, file: String, files: NamedFiles) throws(ConfigurationError) {
        let problems = ProblemCollector(file: file, checks: .none)
        let warnings = ProblemCollector(file: file, checks: .none)
        self.init()
        do throws(YAMLError) {
            // An empty file asks for nothing, as for Prometheus's exporters.
            if let node = try YAMLNode.parse(yaml), node.scalar?.isNull != true {
                read(ConfigNode(node: node, path: "", collector: problems), files, warnings)
            }
        } catch {
            problems.report(line: error.line, key: "", "not valid YAML: \(error.message)")
        }
        guard problems.problems.isEmpty else { throw ConfigurationError(problems.problems) }
        self.warnings = warnings.problems
    }

    /// The paths that a text names, whether or not the rest of it is right.
    static func namedPaths(yaml: String, files: NamedFiles) -> [String] {
        guard case .mapping(let root)? = (try? YAMLNode.parse(yaml))?.content else { return [] }
        return root.filter { $0.key.scalar?.text == "tls_server_config" }.flatMap { section in
            guard case .mapping(let keys) = section.value.content else { return [String]() }
            return keys.filter { TLS.fileKeys.contains($0.key.scalar?.text ?? "") }
                .compactMap { $0.value.scalar.map { files.path($0.text) } }
        }
    }

    private mutating func read(_ root: ConfigNode, _ files: NamedFiles, _ warnings: ProblemCollector) {
        let known = ["tls_server_config", "http_server_config", "basic_auth_users", "rate_limit"]
        guard let keys = root.mapping(keys: known)?.filter({ !$0.value.isNull }) else { return }
        if let node = keys["http_server_config"] { readHTTP(node) }
        if let node = keys["tls_server_config"] {
            tls = TLS(node, files: files, allowsHTTP2: allowsHTTP2, warnings: warnings)
        }
        if let node = keys["basic_auth_users"] { users = Self.users(node) }
        if let node = keys["rate_limit"] { rateLimit = RateLimit(node) }
    }

    private mutating func readHTTP(_ node: ConfigNode) {
        guard let keys = node.mapping(keys: ["http2", "headers"]) else { return }
        allowsHTTP2 = keys["http2"]?.bool() ?? allowsHTTP2
        guard let node = keys["headers"], !node.isNull, node.mapping(keys: Self.headerNames) != nil else { return }
        headers = node.pairs.compactMap { name, value in Header(name: name, value) }
    }

    /// The headers that Prometheus's exporters can be given.
    private static let headerNames = [
        "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "X-XSS-Protection",
        "Strict-Transport-Security",
    ]
}

extension WebConfiguration.Header {
    /// The only values of some headers.
    private static let values = ["X-Frame-Options": ["deny", "sameorigin"], "X-Content-Type-Options": ["nosniff"]]

    /// Nil without a value. A wrong one is reported.
    fileprivate init?(name: String, _ node: ConfigNode) {
        // Also a bare number, such as that of X-XSS-Protection.
        guard let text = node.node.scalar?.text else {
            node.wrongType("a header's value")
            return nil
        }
        if let values = Self.values[name] {
            guard node.choice(values) != nil else { return nil }
        }
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            node.report("has characters that no header can have; expected one line of ASCII")
            return nil
        }
        guard !text.isEmpty, !node.isNull else { return nil }
        self.init(name: name, value: text)
    }
}

extension WebConfiguration.RateLimit {
    /// Nil without a limit.
    fileprivate init?(_ node: ConfigNode) {
        guard let keys = node.mapping(keys: ["interval", "burst"]) else { return nil }
        guard let interval = keys["interval"] else {
            if !keys.isEmpty { node.report("interval is missing; expected one such as 1s") }
            return nil
        }
        guard let duration = interval.node.scalar.flatMap({ GoDuration.duration($0.text) }) else {
            interval.wrongType("a duration as Go writes it, such as 100ms, 1s or 1m30s; 0 for no limit")
            return nil
        }
        guard duration != .zero else { return nil }
        guard (.milliseconds(1) ... .seconds(3600)).contains(duration) else {
            interval.report("is out of range; expected 1ms to 1h, or 0 for no limit")
            return nil
        }
        guard let burst = keys["burst"] else {
            node.report("burst is missing; expected how many requests can come at once, such as 20")
            return nil
        }
        guard let burst = burst.integer(1...1_000_000) else { return nil }
        self.init(interval: duration, burst: burst)
    }
}

extension ConfigNode {
    /// Whether a key has no value.
    var isNull: Bool { node.scalar?.isNull == true }

    /// The pairs of a mapping, in the order of the file.
    var pairs: [(name: String, value: ConfigNode)] {
        guard case .mapping(let pairs) = node.content else { return [] }
        return pairs.map { key, value in
            let name = key.scalar?.text ?? ""
            return (name, ConfigNode(node: value, path: "\(path).\(name)", collector: collector))
        }
    }

    /// One of several words.
    func choice(_ words: [String]) -> String? {
        guard let word = string("one of \(words.joined(separator: ", "))") else { return nil }
        guard words.contains(word) else {
            let hint = EditDistance.nearest(to: word, in: words).map { "did you mean \"\($0)\"? " } ?? ""
            report("\"\(word)\" is unknown; \(hint)known here: \(words.joined(separator: ", "))")
            return nil
        }
        return word
    }
}
