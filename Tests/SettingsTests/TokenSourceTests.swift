import Northflank
import Synchronization
import TestSupport
import Testing

@testable import Settings

@Suite struct TokenSourceTests {
    /// Problems that were reported.
    private final class Problems: Sendable {
        private let messages = Mutex<[String]>([])
        var all: [String] { messages.withLock { $0 } }
        func add(_ problem: TokenSource.Problem) { messages.withLock { $0.append(problem.message) } }
    }

    private let directory: TemporaryDirectory
    private let problems = Problems()

    init() throws { directory = try TemporaryDirectory() }

    private func source(_ name: String = "token") throws -> TokenSource {
        try TokenSource(.file(directory.file(name)), environment: [:]) { [problems] in problems.add($0) }
    }

    private func message(_ text: String) throws -> String? {
        try directory.write("token", text)
        return #expect(throws: TokenSource.Problem.self) { try source() }?.message
    }

    @Test(
        "white space around a token does not matter",
        arguments: ["nf-1", "nf-1\n", "nf-1\r\n", "  nf-1\t", "\n\nnf-1\n\n", "\u{A0}nf-1"])
    func whiteSpace(text: String) throws {
        try directory.write("token", text)
        #expect(try source().current() == Secret("nf-1"))
        #expect(try TokenSource(.environment("T"), environment: ["T": text]).current() == Secret("nf-1"))
    }

    @Test("an empty file holds no token", arguments: ["", "\n", " \t\r\n"])
    func empty(text: String) throws {
        #expect(
            try message(text) == "token file \(directory.file("token")) is empty; expected a Northflank API token")
    }

    @Test(
        "a text that cannot be in a header is not a token",
        arguments: [
            "a b", "a\nb", "a\r\nX-Evil: 1", "a\0b", "a\u{7F}", "a\tb", "tökén", "\u{FEFF}nf-1", "nf-1\u{200B}",
        ])
    func control(text: String) throws {
        #expect(
            try message(text)
                == "token file \(directory.file("token")) holds spaces or characters that no token has; "
                + "expected one token")
    }

    @Test("bytes that are not text are not a token, and are not repeated")
    func tooLarge() throws {
        #expect(
            try message(String(repeating: "x", count: 65_537))
                == "token file \(directory.file("token")) has 65537 bytes; expected a token and nothing else")
        try directory.write("token", String(repeating: "x", count: 65_536))
        #expect(throws: Never.self) { try source() }
    }

    @Test("a file that was replaced is read again")
    func rename() throws {
        try directory.write("token", "nf-1\n")
        let source = try source()
        #expect(source.current() == Secret("nf-1"))
        // The same size, so that only the file itself tells.
        try directory.write("next", "nf-2\n")
        directory.rename("next", to: "token")
        #expect(source.current() == Secret("nf-2"))
        #expect(problems.all.isEmpty)
    }

    @Test("a file that was rewritten in place is read again")
    func rewrite() throws {
        try directory.write("token", "nf-1\n")
        let source = try source()
        try directory.write("token", "nf-two\n")
        #expect(source.current() == Secret("nf-two"))
    }

    @Test("a link that points elsewhere is followed, as mounted secrets are replaced")
    func link() throws {
        try directory.write("v1", "nf-1\n")
        try directory.write("v2", "nf-2\n")
        directory.link("token", to: directory.file("v1"))
        let source = try source()
        #expect(source.current() == Secret("nf-1"))
        directory.link("token.new", to: directory.file("v2"))
        directory.rename("token.new", to: "token")
        #expect(source.current() == Secret("nf-2"))
    }

    @Test("a file that vanishes leaves the last token in use, is reported once, and is seen when it is back")
    func vanishes() throws {
        try directory.write("token", "nf-1\n")
        let source = try source()
        try directory.remove("token")
        for _ in 0..<3 { #expect(source.current() == Secret("nf-1")) }
        let problem = "token file \(directory.file("token")) does not exist; check the path and its permissions"
        #expect(problems.all == [problem])
        try directory.write("token", "nf-2\n")
        #expect(source.current() == Secret("nf-2"))
        try directory.remove("token")
        #expect(source.current() == Secret("nf-2"))
        #expect(problems.all == [problem, problem])
    }

    @Test("a file that is emptied leaves the last token in use, too")
    func emptied() throws {
        try directory.write("token", "nf-1\n")
        let source = try source()
        try directory.write("token", "")
        for _ in 0..<3 { #expect(source.current() == Secret("nf-1")) }
        #expect(problems.all == ["token file \(directory.file("token")) is empty; expected a Northflank API token"])
    }

    @Test("no message repeats the content of the file")
    func secrecy() throws {
        #expect(try message("nf-s3cret nf-s3cret")?.contains("s3cret") == false)
    }
}
