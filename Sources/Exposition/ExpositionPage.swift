/// A page of metric families, in the order in which they are added. Add each family once.
package struct ExpositionPage: Sendable {
    package let format: ExpositionFormat
    private var bytes: [UInt8] = []

    /// An empty page with memory for `capacity` bytes.
    package init(format: ExpositionFormat, reserving capacity: Int = 0) {
        self.format = format
        bytes.reserveCapacity(capacity)
    }

    /// Adds a family: its metadata, then the sample lines that `samples` appends. A family without samples
    /// leaves no metadata.
    package mutating func family(_ family: MetricFamily, samples: (inout [UInt8]) -> Void) {
        let start = bytes.count
        appendMetadata(of: family)
        let afterMetadata = bytes.count
        samples(&bytes)
        if bytes.count == afterMetadata { bytes.removeLast(bytes.count - start) }
    }

    /// The page's bytes, with the end mark of OpenMetrics.
    package consuming func finish() -> [UInt8] {
        if format == .openMetrics { bytes.append(contentsOf: "# EOF\n".utf8) }
        return bytes
    }

    private mutating func appendMetadata(of family: MetricFamily) {
        let name = format == .openMetrics ? String(family.openMetricsName) : family.name
        bytes.append(contentsOf: "# HELP \(name) ".utf8)
        bytes.appendEscaped(family.help, quotes: format == .openMetrics)
        bytes.append(contentsOf: "\n# TYPE \(name) \(family.kind.rawValue)\n".utf8)
        if format == .openMetrics, let unit = family.unit {
            bytes.append(contentsOf: "# UNIT \(name) \(unit)\n".utf8)
        }
    }
}
