/// The type of a metric family.
package enum MetricKind: String, Sendable {
    case gauge, counter, histogram
}

/// The name, type and help of a metric family, which Prometheus calls a metric.
package struct MetricFamily: Hashable, Sendable {
    /// The name in samples and queries; a counter's name ends in `_total`.
    package let name: String
    package let kind: MetricKind
    /// A description for people, unescaped.
    package let help: String

    package init(_ name: String, _ kind: MetricKind, help: String) {
        self.name = name
        self.kind = kind
        self.help = help
    }

    /// The family's name in OpenMetrics, which a counter has without its samples' suffix.
    var openMetricsName: Substring {
        kind == .counter && name.hasSuffix("_total") ? name.dropLast("_total".count) : name[...]
    }

    /// The base unit at the end of the family's name, for OpenMetrics's line `UNIT`; nil if there is none.
    var unit: String? {
        ["seconds", "bytes"].first { openMetricsName.hasSuffix("_" + $0) }
    }
}
