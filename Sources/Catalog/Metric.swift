package import Backups
package import Exposition
package import Fleet

/// One entry of the catalog: a family, its documentation, and the source of its samples.
package struct Metric: Sendable {
    package enum Source: Sendable {
        /// From an addon alone; rendered when it changes.
        case addon(@Sendable (Addon, inout SampleSink) -> Void)
        /// An instant of an addon whose age is rendered at each scrape.
        case age(@Sendable (Addon, inout AgeSink) -> Void)
        /// From the state of an account; rendered at each scrape.
        case account(@Sendable (AccountStatus, inout SampleSink) -> Void)
        /// From the state of the process; rendered at each scrape.
        case process(@Sendable (ExporterStatus, inout SampleSink) -> Void)
    }

    package let family: MetricFamily
    /// The names of the labels, without the labels that the source adds.
    package let labels: [String]
    /// A query that shows the use of the family.
    package let example: String
    package let source: Source

    init(_ name: String, _ kind: MetricKind, _ help: String, labels: [String] = [], example: String, _ source: Source) {
        family = MetricFamily(name, kind, help: help)
        self.labels = labels
        self.example = example
        self.source = source
    }

    /// The names of all labels, in the order of the page.
    package var allLabels: [String] {
        switch source {
        case .addon, .age: ["account", "project", "addon"] + labels
        case .account: ["account"] + labels
        case .process: labels
        }
    }
}

/// Takes the samples of one family. A missing value adds no sample.
package struct SampleSink: Sendable {
    private(set) var writer: SampleWriter
    private let base: LabelSet
    var family: MetricFamily

    init(_ family: MetricFamily, base: LabelSet, writer: SampleWriter = SampleWriter()) {
        self.family = family
        self.base = base
        self.writer = writer
    }

    package mutating func add(_ value: SampleValue?, _ labels: KeyValuePairs<String, String> = [:]) {
        guard let value else { return }
        writer.sample(family, labels.reduce(base) { $0.with($1.key, $1.value) }, value)
    }

    package mutating func add(_ histogram: Histogram, _ labels: KeyValuePairs<String, String>) {
        writer.histogram(family, labels.reduce(base) { $0.with($1.key, $1.value) }, histogram)
    }
}

/// Takes the instants from which the ages of one family are counted.
package struct AgeSink: Sendable {
    /// A line up to its value, and the instant.
    typealias Age = (line: [UInt8], since: Timestamp)

    private(set) var ages: [Age] = []
    private let family: MetricFamily
    private let base: LabelSet

    init(_ family: MetricFamily, base: LabelSet) {
        self.family = family
        self.base = base
    }

    package mutating func add(since: Timestamp?, _ labels: KeyValuePairs<String, String> = [:]) {
        guard let since else { return }
        let line = SampleWriter.linePrefix(family, labels.reduce(base) { $0.with($1.key, $1.value) })
        ages.append((line, since))
    }
}

extension SampleValue {
    /// A duration in seconds, to the millisecond.
    static func duration(_ duration: Duration) -> SampleValue { .milliseconds(duration.milliseconds) }

    /// An instant in seconds.
    static func timestamp(_ timestamp: Timestamp?) -> SampleValue? {
        timestamp.map { .milliseconds($0.milliseconds) }
    }
}
