import Testing

@testable import Exposition

/// Golden pages, byte for byte.
@Suite struct ExpositionPageTests {
    private static let gauge = MetricFamily("shop_addons", .gauge, help: "Addons.")
    private static let counter = MetricFamily("shop_requests_total", .counter, help: "Requests.")

    @Test func gauge() {
        let samples = """
            shop_addons{project="a"} 3
            shop_addons 4.5

            """
        let write = { (writer: inout SampleWriter) in
            writer.sample(Self.gauge, LabelSet(["project": "a"]), .integer(3))
            writer.sample(Self.gauge, LabelSet(), .milliseconds(4500))
        }
        let metadata = "# HELP shop_addons Addons.\n# TYPE shop_addons gauge\n"
        #expect(page(.text, Self.gauge, write) == metadata + samples)
        #expect(page(.openMetrics, Self.gauge, write) == metadata + samples + "# EOF\n")
    }

    @Test("a counter's samples end in _total in both formats, its family in text only")
    func counter() {
        let write = { (writer: inout SampleWriter) in
            writer.sample(Self.counter, LabelSet(["code": "200"]), .integer(12))
        }
        #expect(
            page(.text, Self.counter, write) == """
                # HELP shop_requests_total Requests.
                # TYPE shop_requests_total counter
                shop_requests_total{code="200"} 12

                """)
        #expect(
            page(.openMetrics, Self.counter, write) == """
                # HELP shop_requests Requests.
                # TYPE shop_requests counter
                shop_requests_total{code="200"} 12
                # EOF

                """)
    }

    @Test("help escapes quotes in OpenMetrics only, backslashes and line feeds in both")
    func help() {
        let family = MetricFamily("x", .gauge, help: "A \"b\"\\\nc é")
        let write = { (writer: inout SampleWriter) in writer.sample(family, LabelSet(), .integer(1)) }
        #expect(page(.text, family, write) == "# HELP x A \"b\"\\\\\\nc é\n# TYPE x gauge\nx 1\n")
        #expect(
            page(.openMetrics, family, write)
                == "# HELP x A \\\"b\\\"\\\\\\nc é\n# TYPE x gauge\nx 1\n# EOF\n")
    }

    @Test(
        "a unit is named by OpenMetrics if the family's name ends in it",
        arguments: [
            ("a_seconds", .gauge, "# UNIT a_seconds seconds\n"),
            ("a_bytes", .gauge, "# UNIT a_bytes bytes\n"),
            ("a_timestamp_seconds", .gauge, "# UNIT a_timestamp_seconds seconds\n"),
            ("a_seconds_total", .counter, "# UNIT a_seconds seconds\n"),
            ("seconds", .gauge, ""), ("a_seconds_left", .gauge, ""), ("aseconds", .gauge, ""), ("a", .gauge, ""),
        ] as [(String, MetricKind, String)])
    func unit(name: String, kind: MetricKind, line: String) {
        let family = MetricFamily(name, kind, help: "h")
        let write = { (writer: inout SampleWriter) in writer.sample(family, LabelSet(), .integer(1)) }
        let short = name.hasSuffix("_total") ? String(name.dropLast(6)) : name
        #expect(
            page(.openMetrics, family, write)
                == "# HELP \(short) h\n# TYPE \(short) \(kind.rawValue)\n\(line)\(name) 1\n# EOF\n")
        #expect(!page(.text, family, write).contains("# UNIT"))
    }
}
