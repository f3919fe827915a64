package import Backups
import Exposition
import Fleet

/// An addon with its samples, rendered when the addon changed. A scrape only completes the lines, and computes the
/// ages.
package final class RenderedAddon: FleetItem {
    package let addon: Addon
    /// A section for each metric of `MetricCatalog.addon`.
    let samples: CompactSamples

    package init(_ addon: Addon) {
        self.addon = addon
        var sink = AddonSink(addon.key)
        for metric in MetricCatalog.addon {
            sink.writer.beginSection()
            switch metric.source {
            case .addon(let samples): samples(addon, &sink)
            case .age(let origins):
                var ages = AgeSink()
                origins(addon, &ages)
                for age in ages.ages { sink.writer.add(since: age.since.milliseconds, age.labels) }
            case .account, .process: break
            }
        }
        samples = sink.writer.finish()
    }
}
