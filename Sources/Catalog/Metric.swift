package import Backups
package import Exposition
package import Fleet

/// One entry of the catalog: a family, its documentation, and the source of its samples.
package struct Metric: Sendable {
    package enum Source: Sendable {
        /// From an addon alone; rendered when it changes.
        case addon(@Sendable (Addon, inout AddonSink) -> Void)
        /// An instant of an addon whose age is rendered at each scrape.
        case age(@Sendable (Addon, inout AgeSink) -> Void)
        /// An instant of an addon that moves at each observation, even if nothing else has changed; rendered at each
        /// scrape.
        case instant(@Sendable (Addon) -> Timestamp?)
        /// From the state of an account; rendered at each scrape.
        case account(@Sendable (AccountStatus, inout SampleSink) -> Void)
        /// From the state of the process; rendered at each scrape.
        case process(@Sendable (ExporterStatus, inout SampleSink) -> Void)

        /// What decides when the samples change.
        enum Kind { case addon, instant, status }

        var kind: Kind {
            switch self {
            case .addon: .addon
            case .age, .instant: .instant
            case .account, .process: .status
            }
        }
    }

    package let family: MetricFamily
    /// The names of the labels, without the labels that the source adds.
    package let labels: [String]
    /// A query that shows the use of the family.
    package let example: String
    package let source: Source
    /// Whether an addon that is gone has the family. Its backups are not known any more, so that nothing about them may
    /// alert.
    let isOfGone: Bool
    /// What a line with labels begins with.
    let opening: [UInt8]
    private let textMetadata: [UInt8]
    private let openMetricsMetadata: [UInt8]

    init(
        _ name: String, _ kind: MetricKind, _ help: String, labels: [String] = [], example: String,
        isOfGone: Bool = false, _ source: Source
    ) {
        family = MetricFamily(name, kind, help: help)
        opening = Array("\(name){".utf8)
        textMetadata = family.metadata(.text)
        openMetricsMetadata = family.metadata(.openMetrics)
        self.labels = labels
        self.example = example
        self.source = source
        self.isOfGone = isOfGone
    }

    /// The lines before the family's samples.
    func metadata(_ format: ExpositionFormat) -> [UInt8] {
        switch format {
        case .text: textMetadata
        case .openMetrics: openMetricsMetadata
        }
    }

    /// The number of lines that an addon usually has. Not counted, so that no sample moves the pieces of a page.
    var usualLines: Int {
        switch labels.first {
        case "state": 10
        case "status", "type": 3
        default: 1
        }
    }

    /// The names of all labels, in the order of the page.
    package var allLabels: [String] {
        switch source {
        case .addon, .age, .instant: ["account", "project", "addon"] + labels
        case .account: ["account"] + labels
        case .process: labels
        }
    }
}

/// Takes the samples of one family of an account or of the process. A missing value adds no sample.
package struct SampleSink: Sendable {
    private(set) var writer = SampleWriter()
    private let base: LabelSet
    private let family: MetricFamily

    init(_ family: MetricFamily, base: LabelSet) {
        self.family = family
        self.base = base
    }

    package mutating func add(_ value: SampleValue?, _ labels: KeyValuePairs<String, String> = [:]) {
        guard let value else { return }
        writer.sample(family, labels.reduce(base) { $0.with($1.key, $1.value) }, value)
    }

    package mutating func add(_ histogram: Histogram, _ labels: KeyValuePairs<String, String>) {
        writer.histogram(family, labels.reduce(base) { $0.with($1.key, $1.value) }, histogram)
    }
}

/// Takes the samples of an addon. A missing value adds no sample.
package struct AddonSink: Sendable {
    var writer: CompactSamples.Writer

    init(_ key: AddonKey) {
        let labels = LabelSet(["account": key.account, "project": key.project, "addon": key.addon])
        // The most that is usual.
        writer = CompactSamples.Writer(labels, reserving: 2048)
    }

    package mutating func add(_ value: SampleValue?, _ labels: KeyValuePairs<String, String> = [:]) {
        if let value { writer.add(value, labels) }
    }

    /// Adds counts by status. The counts of completed and failed always exist, because their zeros say something; most
    /// zeros of the others would be the most frequent lines of a page.
    package mutating func add(counts: (BackupStatus) -> Int) {
        for status in BackupStatus.allCases {
            let count = counts(status)
            if count > 0 || status == .completed || status == .failed {
                add(.integer(count), ["status": status.word])
            }
        }
    }
}

/// Takes the instants from which the ages of one family are counted. A missing instant adds no sample.
package struct AgeSink: Sendable {
    private(set) var ages: [(since: Timestamp, labels: KeyValuePairs<String, String>)] = []

    package mutating func add(since: Timestamp?, _ labels: KeyValuePairs<String, String> = [:]) {
        if let since { ages.append((since, labels)) }
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
