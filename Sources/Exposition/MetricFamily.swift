/// What a family of samples measures over time.
package enum MetricKind: String, Sendable {
    case gauge, counter, histogram
}

/// One metric family: what Prometheus calls a metric, with all of its samples.
package struct MetricFamily: Hashable, Sendable {
    /// The name that samples and queries use; for a counter it ends in `_total`.
    package let name: String
    package let kind: MetricKind
    /// One line for people; escaped when written.
    package let help: String

    package init(_ name: String, _ kind: MetricKind, help: String) {
        self.name = name
        self.kind = kind
        self.help = help
    }

    /// OpenMetrics names a counter's family without the suffix of its samples.
    var openMetricsName: Substring {
        kind == .counter && name.hasSuffix("_total") ? name.dropLast("_total".count) : name[...]
    }

    /// The base unit that the family's name ends in, which OpenMetrics has a line for.
    var unit: String? {
        ["seconds", "bytes"].first { openMetricsName.hasSuffix("_" + $0) }
    }
}
