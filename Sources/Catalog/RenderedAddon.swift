package import Backups
import Exposition
import Fleet

/// An addon's sample lines, family by family, rendered when the addon changed. A scrape only copies them and
/// adds the ages.
package final class RenderedAddon: FleetItem {
    package let addon: Addon
    /// The lines of all families of `MetricCatalog.addon`, one after the other.
    let bytes: [UInt8]
    /// Where each family ends in `bytes`.
    private let ends: [Int]
    /// For each family of `MetricCatalog.ages`.
    private let ages: [[AgeSink.Age]]

    package init(_ addon: Addon) {
        self.addon = addon
        let labels = LabelSet([
            "account": addon.key.account, "project": addon.key.project, "addon": addon.key.addon,
        ])
        var sink = SampleSink(MetricCatalog.addon[0].family, base: labels, writer: SampleWriter(reserving: 4096))
        ends = MetricCatalog.addon.map { metric in
            sink.family = metric.family
            metric.samples(addon, &sink)
            return sink.writer.bytes.count
        }
        // A copy of the exact size, because these bytes stay until the addon changes.
        var fitting: [UInt8] = []
        fitting.reserveCapacity(sink.writer.bytes.count)
        fitting.append(contentsOf: sink.writer.bytes)
        bytes = fitting
        ages = MetricCatalog.ages.map { metric in
            var sink = AgeSink(metric.family, base: labels)
            metric.origins(addon, &sink)
            return sink.ages
        }
        byteCount = ages.joined().reduce(bytes.count) { $0 + $1.line.count + 20 }
    }

    /// The size of all lines, ages with room for their values.
    let byteCount: Int

    /// Where the lines of one family of `MetricCatalog.addon` lie in `bytes`.
    func range(of family: Int) -> Range<Int> { (family == 0 ? 0 : ends[family - 1])..<ends[family] }

    /// Appends the lines of one family of `MetricCatalog.ages`.
    func append(ageFamily index: Int, now: Timestamp, to page: inout [UInt8]) {
        for age in ages[index] {
            page.append(contentsOf: age.line)
            page.append(.milliseconds(now.millisecondsSince(age.since)))
            page.append(UInt8(ascii: "\n"))
        }
    }
}
