import Backups
import FoundationEssentials
import Settings
import TestSupport
import Testing

@testable import Reports

struct ExplanationTests {
    static let samples: [(String, ExplanationSample)] = [
        ("explain-failing", .failing), ("explain-late", .late), ("explain-gone", .gone), ("explain-waived", .waived),
        ("explain-ok", .ok),
    ]

    @Test("each situation in words, line by line", arguments: samples.map(\.0))
    func text(name: String) throws {
        let sample = try #require(Self.samples.first { $0.0 == name }).1
        let lines = sample.explanation.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(try lines == ExplanationSample.golden(name))
        #expect(lines.allSatisfy { $0.count <= 80 && !$0.hasSuffix(" ") })
    }

    @Test("JSON has all of it: the text of what is read back is the same", arguments: samples.map(\.0))
    func json(name: String) throws {
        let explanation = try #require(Self.samples.first { $0.0 == name }).1.explanation
        let read = try Explanation(json: explanation.json)
        #expect(read == explanation)
        #expect(read.text == explanation.text)
    }
}
