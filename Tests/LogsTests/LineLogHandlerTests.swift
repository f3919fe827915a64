import Logging
import Synchronization
import Testing

@testable import Logs

@Suite struct LineLogHandlerTests {
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private struct Broken: Error, CustomStringConvertible { let description = "it is broken" }

    private let lines = Lines()

    private func logger(_ format: LogFormat, level: Logger.Level = .trace) -> Logger {
        Logger(label: "test") { [lines] _ in
            LineLogHandler(level: level, format: format, now: { "2026-01-01T00:00:00.000Z" }) { lines.add($0) }
        }
    }

    @Test("a line of logfmt: time, level, message, then metadata by name, then the error")
    func logfmt() {
        var log = logger(.logfmt)
        log[metadataKey: "account"] = "acme"
        log.info("ready")
        log.warning("slowed down", metadata: ["interval": "10m", "addons": "\(84)"])
        log.error("failed", error: Broken(), metadata: ["account": "other"])
        #expect(
            lines.all == [
                "ts=2026-01-01T00:00:00.000Z level=info msg=ready account=acme\n",
                "ts=2026-01-01T00:00:00.000Z level=warn msg=\"slowed down\" account=acme addons=84 interval=10m\n",
                "ts=2026-01-01T00:00:00.000Z level=error msg=failed account=other error=\"it is broken\"\n",
            ])
    }

    @Test("the same as JSON")
    func json() {
        logger(.json).error("failed", error: Broken(), metadata: ["b": "2", "a": "1"])
        #expect(
            lines.all == [
                #"{"ts":"2026-01-01T00:00:00.000Z","level":"error","msg":"failed","a":"1","b":"2","error":"it is broken"}"#
                    + "\n"
            ])
    }

    @Test("levels as Prometheus names them, and none below the one that is set")
    func levels() {
        let log = logger(.logfmt, level: .info)
        for level in Logger.Level.allCases { log.log(level: level, "x") }
        let start = "ts=2026-01-01T00:00:00.000Z level="
        #expect(
            lines.all == [
                "\(start)info msg=x\n", "\(start)notice msg=x\n", "\(start)warn msg=x\n", "\(start)error msg=x\n",
                "\(start)error msg=x\n",
            ])
    }

    @Test(
        "logfmt quotes what would not stay one value",
        arguments: [
            ("plain", "k=plain"), ("", #"k="""#), ("two words", #"k="two words""#), ("a=b", #"k="a=b""#),
            (#"a"b"#, #"k="a\"b""#), (#"a\b"#, #"k=a\b"#), (#"a\ b"#, #"k="a\\ b""#), ("größe", "k=größe"),
            ("a\nb", #"k="a\nb""#), ("a\r\nb", #"k="a\r\nb""#), ("a\tb", #"k="a\tb""#), ("\0", #"k="\u0000""#),
            ("\u{1B}[31m", #"k="\u001b[31m""#), ("\u{7F}", #"k="\u007f""#), ("💾", "k=💾"),
        ])
    func quoting(value: String, text: String) {
        #expect(LineLogHandler.logfmt([("k", value)]) == text + "\n")
    }

    @Test(
        "JSON escapes what it must",
        arguments: [
            ("plain", "plain"), ("", ""), (#"a"b\c"#, #"a\"b\\c"#), ("a\nb\r\tc", #"a\nb\r\tc"#),
            ("\0\u{1F}", #"\u0000\u001f"#),
            ("\u{7F}\u{85}\u{9B}", #"\u007f\u0085\u009b"#), ("größe 💾", "größe 💾"), ("e\u{301}", "e\u{301}"),
        ])
    func json(value: String, text: String) {
        #expect(LineLogHandler.json([("k", value)]) == #"{"k":"\#(text)"}"# + "\n")
    }

    @Test("whatever comes from outside stays on one line, and cannot speak to a terminal")
    func oneLine() {
        for format in LogFormat.allCases {
            for scalar in (0...0x9F).compactMap(Unicode.Scalar.init) where scalar.properties.generalCategory == .control
            {
                logger(format).info("x\(scalar)y")
            }
        }
        #expect(lines.all.count == 130)
        for line in lines.all {
            let controls = line.unicodeScalars.dropLast().filter { $0.properties.generalCategory == .control }
            #expect(controls.isEmpty, "\(line.debugDescription)")
        }
    }

    @Test("metadata of a handler is its own")
    func metadata() {
        var first = logger(.logfmt)
        let second = first
        first[metadataKey: "a"] = "1"
        #expect(first[metadataKey: "a"] == "1")
        #expect(second[metadataKey: "a"] == nil)
    }
}
