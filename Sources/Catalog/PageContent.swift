import Backups
import Exposition
import Fleet

/// Everything that a page shows, as it was at one instant.
struct PageContent: Sendable {
    /// In the order of the page. Not the addons themselves: a client that reads slowly must not keep all facts about
    /// them.
    let addons: [CompactSamples]
    let status: ExporterStatus
    let format: ExpositionFormat
    /// The instant up to which ages are counted.
    let now: Timestamp
    /// Whether the page has the metrics of ages.
    let includingAges: Bool

    /// Appends lines of a metric of addons.
    ///
    /// - Parameters:
    ///   - section: the metric's place among the metrics of addons.
    ///   - range: the addons.
    func appendLines(of metric: Metric, section: Int, for range: Range<Int>, to piece: inout [UInt8]) {
        switch metric.source {
        case .addon:
            CompactSamples.appendLines(of: section, opening: metric.opening, of: addons[range], to: &piece)
        case .age where includingAges:
            CompactSamples.appendInstants(of: section, opening: metric.opening, of: addons[range], to: &piece) {
                since in
                // An end can be a little ahead of the clock, because the server dates it by its own.
                .milliseconds(max(0, now.millisecondsSince(Timestamp(milliseconds: since))))
            }
        case .instant:
            CompactSamples.appendInstants(of: section, opening: metric.opening, of: addons[range], to: &piece) {
                .milliseconds($0)
            }
        case .age, .account, .process: break
        }
    }

    /// Appends the lines of a metric of accounts or of the process.
    func appendLines(of metric: Metric, to piece: inout [UInt8]) {
        switch metric.source {
        case .account(let samples):
            for account in status.accounts {
                var sink = SampleSink(metric.family, base: LabelSet(["account": account.name]))
                samples(account, &sink)
                piece.append(contentsOf: sink.writer.bytes)
            }
        case .process(let samples):
            var sink = SampleSink(metric.family, base: LabelSet())
            samples(status, &sink)
            piece.append(contentsOf: sink.writer.bytes)
        case .addon, .age, .instant: break
        }
    }
}
