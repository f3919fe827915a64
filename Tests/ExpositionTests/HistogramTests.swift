import Testing

@testable import Exposition

@Suite struct HistogramTests {
    private static let family = MetricFamily("shop_wait_seconds", .histogram, help: "Waits.")

    @Test("buckets are cumulative, their bounds inclusive and written as canonical floats in both formats")
    func golden() {
        var histogram = Histogram(bounds: [0.01, 0.5, 1.0, 30.0])
        for value in [0.01, 0.25, 0.5, 1.0, 31.0] { histogram.observe(value) }
        let samples = """
            shop_wait_seconds_bucket{endpoint="backups",le="0.01"} 1
            shop_wait_seconds_bucket{endpoint="backups",le="0.5"} 3
            shop_wait_seconds_bucket{endpoint="backups",le="1.0"} 4
            shop_wait_seconds_bucket{endpoint="backups",le="30.0"} 4
            shop_wait_seconds_bucket{endpoint="backups",le="+Inf"} 5
            shop_wait_seconds_sum{endpoint="backups"} 32.76
            shop_wait_seconds_count{endpoint="backups"} 5

            """
        let write = { (writer: inout SampleWriter) in
            writer.histogram(Self.family, LabelSet(["endpoint": "backups"]), histogram)
        }
        let metadata = "# HELP shop_wait_seconds Waits.\n# TYPE shop_wait_seconds histogram\n"
        #expect(page(.text, Self.family, write) == metadata + samples)
        #expect(
            page(.openMetrics, Self.family, write)
                == metadata + "# UNIT shop_wait_seconds seconds\n" + samples + "# EOF\n")
    }

    @Test("one that has seen nothing has all buckets, at zero, and works without labels")
    func unused() {
        let text = page(.text, Self.family) { $0.histogram(Self.family, LabelSet(), Histogram(bounds: [2.5])) }
        #expect(
            text == """
                # HELP shop_wait_seconds Waits.
                # TYPE shop_wait_seconds histogram
                shop_wait_seconds_bucket{le="2.5"} 0
                shop_wait_seconds_bucket{le="+Inf"} 0
                shop_wait_seconds_sum 0.0
                shop_wait_seconds_count 0

                """)
    }

    @Test("counts are per bucket, and what is beyond the last bound is in the total only")
    func counts() {
        var histogram = Histogram(bounds: [1, 2])
        for value in [-1.0, 0, 1, 1.5, 2, 2.1, .infinity] { histogram.observe(value) }
        #expect(histogram.counts == [3, 2])
        #expect(histogram.count == 7)
        #expect(histogram.sum == .infinity)
    }

    @Test("an observation that is not a number is in no bucket")
    func notANumber() {
        var histogram = Histogram(bounds: [1])
        histogram.observe(.nan)
        #expect(histogram.counts == [0])
        #expect(histogram.count == 1)
    }
}
