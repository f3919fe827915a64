extension MetricFamily {
    /// The lines of metadata that stand before the family's samples.
    package func metadata(_ format: ExpositionFormat) -> [UInt8] {
        let name = format == .openMetrics ? String(openMetricsName) : name
        var bytes = Array("# HELP \(name) ".utf8)
        bytes.appendEscaped(help, quotes: format == .openMetrics)
        bytes.append(contentsOf: "\n# TYPE \(name) \(kind.rawValue)\n".utf8)
        if format == .openMetrics, let unit { bytes.append(contentsOf: "# UNIT \(name) \(unit)\n".utf8) }
        return bytes
    }
}

extension ExpositionFormat {
    /// The end of a page.
    package var end: [UInt8] { self == .openMetrics ? Array("# EOF\n".utf8) : [] }
}
