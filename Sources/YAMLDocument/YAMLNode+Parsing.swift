import CYAML

/// The reason for which a text is not a YAML document.
package struct YAMLError: Error, Equatable {
    package let line: Int?
    package let message: String

    package init(line: Int?, message: String) {
        self.line = line
        self.message = message
    }
}

extension YAMLNode {
    /// Limits against aliases that multiply or refer to themselves. Configuration files are far smaller.
    private static let maxDepth = 32
    private static let maxNodes = 100_000

    /// Parses the only document of a text with libyaml; nil if there is none.
    /// - Throws: `YAMLError` with the mistake and its line.
    package static func parse(_ text: String) throws(YAMLError) -> YAMLNode? {
        var parser = unsafe yaml_parser_t()
        guard unsafe yaml_parser_initialize(&parser) == 1 else { throw YAMLError(line: nil, message: "no memory") }
        defer { unsafe yaml_parser_delete(&parser) }
        let bytes = Array(text.utf8)
        let result: Result<YAMLNode?, YAMLError> = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
            unsafe yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
            var document = unsafe yaml_document_t()
            guard unsafe yaml_parser_load(&parser, &document) == 1 else {
                let message = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "cannot be read"
                return unsafe .failure(YAMLError(line: Int(parser.problem_mark.line) + 1, message: message))
            }
            defer { unsafe yaml_document_delete(&document) }
            guard let root = unsafe yaml_document_get_root_node(&document) else { return .success(nil) }
            var budget = maxNodes
            do throws(YAMLError) {
                let root = try unsafe node(root.pointee, &document, depth: 0, budget: &budget)
                try unsafe requireEnd(&parser)
                return .success(root)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Refuses a second document, which would otherwise be ignored.
    private static func requireEnd(_ parser: inout yaml_parser_t) throws(YAMLError) {
        var next = unsafe yaml_document_t()
        guard unsafe yaml_parser_load(&parser, &next) == 1 else {
            let message = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "cannot be read"
            throw unsafe YAMLError(line: Int(parser.problem_mark.line) + 1, message: message)
        }
        defer { unsafe yaml_document_delete(&next) }
        guard let root = unsafe yaml_document_get_root_node(&next) else { return }
        throw unsafe YAMLError(line: Int(root.pointee.start_mark.line) + 1, message: "a second document; expected one")
    }

    private static func node(
        _ raw: yaml_node_t, _ document: inout yaml_document_t, depth: Int, budget: inout Int
    ) throws(YAMLError) -> YAMLNode {
        let line = unsafe Int(raw.start_mark.line) + 1
        budget -= 1
        guard depth < maxDepth, budget > 0 else {
            throw YAMLError(line: line, message: "nested too deeply, or aliases that multiply")
        }
        switch unsafe raw.type {
        case YAML_SEQUENCE_NODE:
            let items = unsafe raw.data.sequence.items
            let indices = unsafe Array(UnsafeBufferPointer(start: items.start, count: items.top - items.start))
            var list: [YAMLNode] = []
            for index in indices { list.append(try unsafe child(index, &document, depth: depth, budget: &budget)) }
            return YAMLNode(line: line, content: .list(list))
        case YAML_MAPPING_NODE:
            let pairs = unsafe raw.data.mapping.pairs
            let indices = unsafe Array(UnsafeBufferPointer(start: pairs.start, count: pairs.top - pairs.start))
            var mapping: [(key: YAMLNode, value: YAMLNode)] = []
            for pair in indices {
                let key = try unsafe child(pair.key, &document, depth: depth, budget: &budget)
                mapping.append((key, try unsafe child(pair.value, &document, depth: depth, budget: &budget)))
            }
            return YAMLNode(line: line, content: .mapping(mapping))
        default:
            let scalar = unsafe raw.data.scalar
            let text = unsafe String(
                decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
            return YAMLNode(line: line, content: .scalar(YAMLScalar(text: text, isPlain: isPlain)))
        }
    }

    private static func child(
        _ index: Int32, _ document: inout yaml_document_t, depth: Int, budget: inout Int
    ) throws(YAMLError) -> YAMLNode {
        guard let raw = unsafe yaml_document_get_node(&document, index) else {
            throw YAMLError(line: nil, message: "cannot be read")
        }
        return try unsafe node(raw.pointee, &document, depth: depth + 1, budget: &budget)
    }
}
