import Testing

@testable import Northflank

@Suite struct JSONKeysTests {
    private static func paths(_ body: String) -> [String]? { JSONKeys(body: Array(body.utf8))?.paths }

    @Test(
        "the names of keys, and no value",
        arguments: [
            (
                #"{"event":"x","data":{"addon":{"id":"a","name":null},"n":1.5,"is":true}}"#,
                ["data.addon.id", "data.addon.name", "data.is", "data.n", "event"]
            ),
            (
                #"{"list":[{"b":1},{"c":2}],"none":[],"empty":{},"texts":["x"]}"#,
                ["empty", "list.b", "none", "texts"]
            ),
            (#"{"10.0.0.1":1,"a b":{"ok":1},"":2,"snake_case-1":3}"#, ["?", "?.ok", "snake_case-1"]),
            ("[]", []), ("7", []), ("null", []), (#"[{"a":1}]"#, ["a"]),
        ] as [(String, [String])])
    func paths(body: String, expected: [String]) {
        #expect(Self.paths(body) == expected)
    }

    @Test("what is not JSON has no keys", arguments: ["", "{", "nonsense"])
    func noJSON(body: String) {
        #expect(Self.paths(body) == nil)
    }

    @Test("forty keys are enough, and long names are no names")
    func limits() {
        let keys = (10..<60).map { #""k\#($0)":1"# }.joined(separator: ",")
        #expect(Self.paths("{\(keys)}") == (10..<50).map { "k\($0)" })
        let (longest, longer) = (String(repeating: "a", count: 40), String(repeating: "b", count: 41))
        #expect(Self.paths(#"{"\#(longest)":1,"\#(longer)":1}"#) == ["?", longest])
    }
}
