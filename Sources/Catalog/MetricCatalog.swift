package import Backups
package import Exposition
package import Fleet

/// All metrics as one flat table, where the domain and the exposition meet. The pages and the documentation are made
/// from it.
package enum MetricCatalog {
    /// In the order of the page.
    package static let all: [Metric] = protectionMetrics + addonMetrics + apiMetrics + exporterMetrics + processMetrics

    typealias AddonMetric = (family: MetricFamily, samples: @Sendable (Addon, inout SampleSink) -> Void)
    typealias AgeMetric = (family: MetricFamily, origins: @Sendable (Addon, inout AgeSink) -> Void)

    /// The families that are rendered when an addon changes.
    static let addon: [AddonMetric] = all.compactMap { metric in
        if case .addon(let samples) = metric.source { (metric.family, samples) } else { nil }
    }

    /// The families that are rendered for each addon at each scrape.
    static let ages: [AgeMetric] = all.compactMap { metric in
        if case .age(let origins) = metric.source { (metric.family, origins) } else { nil }
    }

    /// Renders the whole page.
    ///
    /// - Parameter now: the instant up to which ages are counted.
    package static func render(
        _ addons: [RenderedAddon], _ status: ExporterStatus, format: ExpositionFormat, now: Timestamp,
        includingAges: Bool = true
    ) -> [UInt8] {
        // The families that do not belong to addons are small, so the page is built in one piece of memory of its size.
        let capacity = addons.reduce(64 * 1024) { $0 + $1.byteCount }
        var page = ExpositionPage(format: format, reserving: capacity)
        var columns = AddonColumns(addons, families: 0..<min(AddonColumns.width, addon.count))
        var addonIndex = 0
        var ageIndex = 0
        for metric in all {
            page.family(metric.family) { bytes in
                switch metric.source {
                case .addon:
                    if addonIndex > 0, addonIndex.isMultiple(of: AddonColumns.width) {
                        let next = addonIndex..<min(addonIndex + AddonColumns.width, addon.count)
                        columns = AddonColumns(addons, families: next)
                    }
                    columns.append(family: addonIndex, to: &bytes)
                    addonIndex += 1
                case .age:
                    guard includingAges else { return }
                    for addon in addons { addon.append(ageFamily: ageIndex, now: now, to: &bytes) }
                    ageIndex += 1
                case .account(let samples):
                    for account in status.accounts {
                        var sink = SampleSink(metric.family, base: LabelSet(["account": account.name]))
                        samples(account, &sink)
                        bytes.append(contentsOf: sink.writer.bytes)
                    }
                case .process(let samples):
                    var sink = SampleSink(metric.family, base: LabelSet())
                    samples(status, &sink)
                    bytes.append(contentsOf: sink.writer.bytes)
                }
            }
        }
        return page.finish()
    }
}
