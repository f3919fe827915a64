/// A sample's value, exact until it is written.
package enum SampleValue: Hashable, Sendable {
    case integer(Int64)
    /// Thousandths: a time in milliseconds that is exported in seconds.
    case milliseconds(Int64)
    case double(Double)

    package static func integer(_ value: Int) -> SampleValue { .integer(Int64(value)) }
    /// 1 or 0.
    package static func flag(_ value: Bool) -> SampleValue { .integer(value ? 1 : 0) }
}

/// Writes sample lines, which are the same in both formats.
package struct SampleWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Writes `name{labels} value`.
    ///
    /// - Parameter suffix: `_bucket`, `_sum` or `_count` for a histogram.
    package mutating func sample(
        _ family: MetricFamily, suffix: StaticString = "", _ labels: LabelSet = LabelSet(), _ value: SampleValue
    ) {
        bytes.append(contentsOf: family.name.utf8)
        if suffix.utf8CodeUnitCount > 0 { bytes.append(contentsOf: suffix.description.utf8) }
        if !labels.rendered.isEmpty {
            bytes.append(UInt8(ascii: "{"))
            bytes.append(contentsOf: labels.rendered)
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(UInt8(ascii: " "))
        bytes.append(value)
        bytes.append(.lineFeed)
    }

    /// Writes the samples of a histogram: its buckets, sum and count.
    package mutating func histogram(_ family: MetricFamily, _ labels: LabelSet, _ histogram: Histogram) {
        var cumulative = 0
        for (bound, count) in zip(histogram.bounds, histogram.counts) {
            cumulative += count
            // OpenMetrics demands the canonical float ("1.0"); text has it too, so that the labels agree.
            sample(family, suffix: "_bucket", labels.with("le", "\(bound)"), .integer(cumulative))
        }
        sample(family, suffix: "_bucket", labels.with("le", "+Inf"), .integer(histogram.count))
        sample(family, suffix: "_sum", labels, .double(histogram.sum))
        sample(family, suffix: "_count", labels, .integer(histogram.count))
    }
}

extension [UInt8] {
    /// Appends a value in the notation of both formats: base 10, `NaN`, `+Inf`, `-Inf`.
    package mutating func append(_ value: SampleValue) {
        switch value {
        case .integer(let integer): append(decimal: integer.magnitude, negative: integer < 0)
        case .milliseconds(let thousandths):
            append(decimal: thousandths.magnitude / 1000, negative: thousandths < 0)
            var rest = thousandths.magnitude % 1000
            guard rest > 0 else { return }
            append(UInt8(ascii: "."))
            var unit: UInt64 = 100
            while rest > 0 {
                append(UInt8(ascii: "0") + UInt8(rest / unit))
                rest %= unit
                unit /= 10
            }
        case .double(let double):
            if double.isNaN {
                append(contentsOf: "NaN".utf8)
            } else if double.isInfinite {
                append(contentsOf: (double < 0 ? "-Inf" : "+Inf").utf8)
            } else {
                append(contentsOf: double.description.utf8)
            }
        }
    }

    /// Appends digits without a `String`: numbers are half of a page, and their strings would be most of its
    /// cost.
    private mutating func append(decimal magnitude: UInt64, negative: Bool) {
        if negative { append(UInt8(ascii: "-")) }
        let start = count
        var rest = magnitude
        repeat {
            append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        self[start...].reverse()
    }
}
