import Testing
import YAMLDocument

@testable import Settings

@Suite struct YAMLScalarTests {
    private func scalar(_ text: String) throws -> YAMLScalar {
        try #require(try YAMLNode.parse("k: \(text)\n")?.value("k")?.scalar)
    }

    @Test("empty values", arguments: ["", "~", "null", "Null", "NULL"])
    func null(text: String) throws {
        #expect(try scalar(text).isNull)
        #expect(try scalar(text).string == nil)
        #expect(try !scalar("\"\(text)\"").isNull)
        #expect(try scalar("'\(text)'").string == text)
    }

    @Test(
        "true and false are three words each, and yes is a text",
        arguments: [
            ("true", true), ("True", true), ("TRUE", true), ("false", false), ("False", false), ("FALSE", false),
            ("yes", nil), ("no", nil), ("on", nil), ("off", nil), ("y", nil), ("1", nil), ("tRUE", nil),
            ("\"true\"", nil), ("'false'", nil),
        ] as [(String, Bool?)])
    func bools(text: String, value: Bool?) throws {
        #expect(try scalar(text).bool == value)
    }

    @Test(
        "numbers, and texts that only look like some",
        arguments: [
            ("0", 0, 0), ("8", 8, 8), ("-3", -3, -3), ("+3", 3, 3), ("1.5", nil, 1.5), (".5", nil, 0.5),
            ("1e3", nil, 1000), ("\"8\"", nil, nil), ("'8'", nil, nil), ("8s", nil, nil), ("1_000", nil, nil),
            ("1.2.3", nil, nil), ("2026-01-01", nil, nil), ("5m", nil, nil), (".inf", nil, nil), ("-.inf", nil, nil),
            (".nan", nil, nil), ("nan", nil, nil), ("inf", nil, nil), ("1e999", nil, nil), ("-", nil, nil),
            ("99999999999999999999", nil, 1e20), ("½", nil, nil),
        ] as [(String, Int?, Double?)])
    func numbers(text: String, integer: Int?, number: Double?) throws {
        let scalar = try scalar(text == "-" ? "\"-\"" : text)
        #expect(scalar.integer == integer)
        #expect(scalar.number == number)
        #expect((scalar.string == nil) == (number != nil))
    }

    @Test(
        "texts",
        arguments: [
            ("acme", "acme"), ("two words", "two words"), ("\"\"", ""), ("\"a\\nb\"", "a\nb"), ("'it''s'", "it's"),
            ("*", nil), ("\"*\"", "*"), ("größe", "größe"), ("a # comment", "a"), ("a#b", "a#b"),
            ("|\n  block\n  text", "block\ntext\n"),
        ] as [(String, String?)])
    func texts(yaml: String, text: String?) throws {
        guard let text else {
            #expect(throws: YAMLError.self) { try YAMLNode.parse("k: \(yaml)\n") }
            return
        }
        #expect(try scalar(yaml).string == text)
    }

    @Test("nodes know their lines, keys may repeat, and aliases are what they stand for")
    func nodes() throws {
        let node = try #require(try YAMLNode.parse("a: &x [1]\nb:\n  - *x\na: {}\n"))
        func scalar(_ line: Int, _ text: String) -> YAMLNode {
            YAMLNode(line: line, content: .scalar(YAMLScalar(text: text, isPlain: true)))
        }
        let list = YAMLNode(line: 1, content: .list([scalar(1, "1")]))
        #expect(
            node
                == YAMLNode(
                    line: 1,
                    content: .mapping([
                        (scalar(1, "a"), list), (scalar(2, "b"), YAMLNode(line: 3, content: .list([list]))),
                        (scalar(4, "a"), YAMLNode(line: 4, content: .mapping([]))),
                    ])))
    }

    @Test("depth is bounded, before anything overflows")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try YAMLNode.parse(nested(32)) != nil)
        for depth in [33, 1000] {
            #expect(throws: YAMLError.self) { try YAMLNode.parse(nested(depth)) }
        }
    }
}

extension YAMLNode {
    fileprivate func value(_ key: String) -> YAMLNode? {
        guard case .mapping(let pairs) = content else { return nil }
        return pairs.first { $0.key.scalar?.text == key }?.value
    }
}
