import Testing

@testable import Exposition

@Suite struct CompactSamplesTests {
    private static func lines(_ section: Int, _ subjects: [CompactSamples]) -> String {
        var page: [UInt8] = Array("before\n".utf8)
        CompactSamples.appendLines(of: section, opening: Array("family{".utf8), of: subjects[...], to: &page)
        return String(decoding: page, as: UTF8.self)
    }

    /// The lines of a section of instants, as they are.
    private static func instants(_ section: Int, _ subjects: [CompactSamples]) -> String {
        var page = Array("before\n".utf8)
        CompactSamples.appendInstants(of: section, opening: Array("at{".utf8), of: subjects[...], to: &page) {
            .integer(Int($0))
        }
        return String(decoding: page, as: UTF8.self)
    }

    private static func ages(_ section: Int, _ subjects: [CompactSamples], now: Int64) -> String {
        var page: [UInt8] = Array("before\n".utf8)
        CompactSamples.appendInstants(of: section, opening: Array("age{".utf8), of: subjects[...], to: &page) {
            .milliseconds(now - $0)
        }
        return String(decoding: page, as: UTF8.self)
    }

    @Test("lines begin with the family and the subject's labels")
    func sections() {
        var writer = CompactSamples.Writer(LabelSet(["a": "1", "b": "2"]))
        writer.beginSection()
        writer.add(.integer(5), [:])
        writer.beginSection()
        writer.beginSection()
        writer.add(.milliseconds(-1500), ["c": "x", "d": "y"])
        writer.add(.double(0.25), ["c": "z"])
        writer.beginSection()
        let samples = [writer.finish()]
        #expect(Self.lines(0, samples) == "before\nfamily{a=\"1\",b=\"2\"} 5\n")
        #expect(Self.lines(1, samples) == "before\n")
        #expect(
            Self.lines(2, samples) == """
                before
                family{a="1",b="2",c="x",d="y"} -1.5
                family{a="1",b="2",c="z"} 0.25

                """)
        #expect(Self.lines(3, samples) == "before\n")
    }

    @Test(
        "labels of any bytes come back, with line feeds, quotes and zeros in them",
        arguments: ["\n", "\"\\", "\0", "é\u{10FFFF}"])
    func anyLabels(value: String) {
        var writer = CompactSamples.Writer(LabelSet(["a": value]))
        writer.beginSection()
        writer.add(.integer(1), ["b": value])
        writer.add(.integer(2), ["b": value])
        let labels = String(decoding: LabelSet(["a": value, "b": value]).rendered, as: UTF8.self)
        #expect(Self.lines(0, [writer.finish()]) == "before\nfamily{\(labels)} 1\nfamily{\(labels)} 2\n")
    }

    @Test("a line's label without a value is left out: an empty label is an absent one")
    func noValue() {
        var writer = CompactSamples.Writer(LabelSet(["a": ""]))
        writer.beginSection()
        writer.add(.integer(1), ["b": "", "c": "x", "d": ""])
        #expect(Self.lines(0, [writer.finish()]) == "before\nfamily{a=\"\",c=\"x\"} 1\n")
    }

    @Test("any number of lines and of subjects", arguments: [0, 1, 2, 254, 255, 256, 1000], [0, 1, 31, 32, 33, 65])
    func many(lines: Int, subjects: Int) {
        var expected = "before\n"
        let samples = (0..<subjects).map { subject in
            var writer = CompactSamples.Writer(LabelSet(["s": "\(subject)"]))
            writer.beginSection()
            writer.beginSection()
            for line in 0..<lines {
                writer.add(.integer(line), ["l": "\(line)"])
                expected += "family{s=\"\(subject)\",l=\"\(line)\"} \(line)\n"
            }
            return writer.finish()
        }
        #expect(Self.lines(1, samples) == expected)
        #expect(Self.lines(0, samples) == "before\n")
    }

    @Test("lines of the shortest ends fit, also where their number is not kept")
    func shortest() {
        var writer = CompactSamples.Writer(LabelSet(["a": "1"]))
        writer.beginSection()
        for _ in 0..<300 { writer.add(.integer(0), [:]) }
        #expect(Self.lines(0, [writer.finish()]) == "before\n" + String(repeating: "family{a=\"1\"} 0\n", count: 300))
    }

    @Test(
        "ages are counted from their instant, which may have line feeds among its bytes",
        arguments: [0, 10, 0x0A0A_0A0A_0A0A, .max, .min, -1] as [Int64])
    func ages(since: Int64) {
        var writer = CompactSamples.Writer(LabelSet(["a": "1"]))
        writer.beginSection()
        writer.add(instant: since, ["type": "dump"])
        writer.add(instant: since, [:])
        writer.beginSection()
        let samples = [writer.finish()]
        let age = written(.milliseconds(since == .min ? 0 : 2000))
        let now = since == .min ? .min : since == .max ? since : since + 2000
        let text = since == .max ? "0" : age
        #expect(Self.ages(0, samples, now: now) == "before\nage{a=\"1\",type=\"dump\"} \(text)\nage{a=\"1\"} \(text)\n")
        #expect(Self.ages(1, samples, now: now) == "before\n")
    }

    @Test("another instant changes its section alone", arguments: [0, 0x0A0A_0A0A_0A0A, .max, .min] as [Int64])
    func instant(other: Int64) {
        func samples(_ instant: Int64) -> CompactSamples {
            var writer = CompactSamples.Writer(LabelSet(["a": "1"]))
            writer.beginSection()
            writer.add(.integer(7), ["type": "dump"])
            writer.beginSection()
            writer.add(instant: instant, [:])
            writer.beginSection()
            writer.add(.integer(8), [:])
            return writer.finish()
        }
        let before = samples(1)
        let after = before.with(instant: other, in: 1)
        for section in [0, 2] {
            #expect(Self.lines(section, [after]) == Self.lines(section, [before]))
        }
        #expect(Self.instants(1, [after]) == "before\nat{a=\"1\"} \(other)\n")
        #expect(Self.instants(1, [before]) == "before\nat{a=\"1\"} 1\n")
    }
}
