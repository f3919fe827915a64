package import Backups
import Exposition
import Fleet

/// An addon with its samples, rendered when the addon changed. A scrape only completes the lines, and computes the
/// ages.
package final class RenderedAddon: FleetItem {
    package let addon: Addon
    /// A section for each metric of `MetricCatalog.addon`.
    let samples: CompactSamples

    package init(_ addon: Addon, after previous: RenderedAddon? = nil) {
        self.addon = addon
        if let previous, !addon.isGone, addon.isAsObserved(in: previous.addon), previous.addon.lastObserved != nil,
            let observed = addon.lastObserved
        {
            samples = previous.samples.with(instant: observed.milliseconds, in: MetricCatalog.observation)
        } else {
            samples = Self.samples(of: addon)
        }
    }

    private static func samples(of addon: Addon) -> CompactSamples {
        var sink = AddonSink(addon.key)
        for metric in MetricCatalog.addon {
            sink.writer.beginSection()
            if addon.isGone, !metric.isOfGone { continue }
            switch metric.source {
            case .addon(let samples): samples(addon, &sink)
            case .age(let origins):
                var ages = AgeSink()
                origins(addon, &ages)
                for age in ages.ages { sink.writer.add(instant: age.since.milliseconds, age.labels) }
            case .instant(let instant):
                if let instant = instant(addon) { sink.writer.add(instant: instant.milliseconds, [:]) }
            case .account, .process: break
            }
        }
        return sink.writer.finish()
    }
}
