/// A node of a YAML document, and the line on which it starts, from 1.
package struct YAMLNode: Equatable, Sendable {
    package indirect enum Content: Equatable, Sendable {
        case scalar(YAMLScalar)
        case list([YAMLNode])
        /// In the order of the document. Keys can repeat.
        case mapping([(key: YAMLNode, value: YAMLNode)])

        package static func == (lhs: Content, rhs: Content) -> Bool {
            switch (lhs, rhs) {
            case (.scalar(let a), .scalar(let b)): a == b
            case (.list(let a), .list(let b)): a == b
            case (.mapping(let a), .mapping(let b)): a.elementsEqual(b) { $0.key == $1.key && $0.value == $1.value }
            default: false
            }
        }
    }

    package let line: Int
    package let content: Content

    package init(line: Int, content: Content) {
        self.line = line
        self.content = content
    }

    package var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }
}

/// A scalar, and its value in the core schema of YAML 1.2: a quoted scalar is always a text.
package struct YAMLScalar: Equatable, Sendable {
    package let text: String
    /// Whether the scalar has no quotes, so that its text decides its type.
    package let isPlain: Bool

    package init(text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
    }

    package var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }

    package var bool: Bool? {
        guard isPlain else { return nil }
        if ["true", "True", "TRUE"].contains(text) { return true }
        return ["false", "False", "FALSE"].contains(text) ? false : nil
    }

    package var integer: Int? { isPlain ? Int(text) : nil }

    /// The number, also of an integer; never infinite or NaN.
    package var number: Double? {
        guard isPlain, text.first.map({ $0.isNumber || "+-.".contains($0) }) == true else { return nil }
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }

    /// The text; nil if the scalar is null, a boolean or a number.
    package var string: String? {
        isNull || bool != nil || number != nil ? nil : text
    }
}
