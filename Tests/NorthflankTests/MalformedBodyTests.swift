import Backups
import TestSupport
import Testing

@testable import Northflank

@Suite struct MalformedBodyTests {
    private static func hasPrefix(_ body: [UInt8]) -> Bool {
        decodeError(body, as: Backup.self)?.hasPrefix(
            "Northflank's answer is not understood (\(body.count) bytes that are not valid JSON: ") == true
    }

    @Test("every truncation of a body is an error")
    func truncated() {
        let body = Array(ListJSON.example.utf8)
        for count in 0..<body.count { #expect(Self.hasPrefix(Array(body[..<count]))) }
    }

    @Test(
        "a body that is not JSON is an error",
        arguments: [
            "", " ", "\n", "\u{FEFF}", "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "Bad Gateway",
            "{", "}", "{]", "[}", "{\"a\":}", "{\"a\":1,}", "[1,]", "{'a':1}", "{a:1}", "01", "1.", ".5", "+1", "NaN",
            "Infinity", "nul", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"a\nb\"", "\"\u{1}\"", "{}{}", "{} x",
            "[1 2]", "// comment\n{}", "[1e400, 01]", "[1e400, 1.]", "[1e400, 1e]", "[1e400, -]", "1e400x", "\0",
        ])
    func notJSON(body: String) {
        #expect(Self.hasPrefix(Array(body.utf8)))
    }

    @Test(
        "invalid UTF-8 is an error, wherever it is",
        arguments: [[0xFF], [0xC3], [0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        let start = Array(#"{"data":{"backups":[]},"x":""#.utf8)
        #expect(Self.hasPrefix(start + bytes + Array(#""}"#.utf8)))
        #expect(Self.hasPrefix(bytes))
    }

    @Test("nesting beyond any sense is an error, no crash")
    func nesting() {
        for depth in [2000, 200_000] {
            let open = String(repeating: "[", count: depth)
            #expect(Self.hasPrefix(Array(open.utf8)))
            #expect(Self.hasPrefix(Array((open + String(repeating: "]", count: depth)).utf8)))
            #expect(Self.hasPrefix(Array(String(repeating: #"{"a":"#, count: depth).utf8)))
        }
    }

    @Test("an error body gives the API's own words, anything else is not the API's")
    func errorMessage() {
        let decoder = PageDecoder()
        let api = #"{"error":{"status":404,"message":"Addon not found.","id":"x","details":{}}}"#
        #expect(decoder.errorMessage(in: Array(api.utf8)) == "Addon not found.")
        for body in [#"{"error":{"message":3}}"#, #"{"error":{"message":null}}"#, #"{"error":{}}"#] {
            #expect(decoder.errorMessage(in: Array(body.utf8)) == "")
        }
        for body in [
            "", "<html></html>", "{}", "[]", "null", #"{"error":"x"}"#, #"{"message":"x"}"#,
            #"{"error":{"message":"x""#,
        ] {
            #expect(decoder.errorMessage(in: Array(body.utf8)) == nil)
        }
    }
}
