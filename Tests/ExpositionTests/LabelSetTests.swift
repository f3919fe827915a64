import Testing

@testable import Exposition

@Suite struct LabelSetTests {
    private func rendered(_ labels: LabelSet) -> String { String(decoding: labels.rendered, as: UTF8.self) }

    @Test("labels keep the order that they were given in")
    func order() {
        #expect(rendered(LabelSet()).isEmpty)
        #expect(rendered(LabelSet(["b": "1"])) == #"b="1""#)
        #expect(rendered(LabelSet(["b": "1", "a": "2"])) == #"b="1",a="2""#)
        #expect(rendered(LabelSet(["b": "1"]).with("a", "2").with("c", "")) == #"b="1",a="2",c="""#)
    }

    @Test("adding a label leaves the set that it was added to alone")
    func copies() {
        let base = LabelSet(["a": "1"])
        _ = base.with("b", "2")
        #expect(rendered(base) == #"a="1""#)
    }

    @Test(
        "values are escaped, and nothing but the three characters that need it",
        arguments: [
            ("plain", "plain"), (#"a"b"#, #"a\"b"#), (#"a\b"#, #"a\\b"#), ("a\nb", #"a\nb"#),
            (#"\n"#, #"\\n"#), (#"\""#, #"\\\""#), ("\n\n", #"\n\n"#), ("\r\n", "\r\\n"), ("a,b={}", "a,b={}"),
            ("tab\there", "tab\there"), ("größe 💾 日本", "größe 💾 日本"), ("e\u{301}", "e\u{301}"), ("'", "'"),
        ])
    func escaping(value: String, text: String) {
        #expect(LabelSet(["l": value]).rendered == Array("l=\"\(text)\"".utf8))
    }
}
