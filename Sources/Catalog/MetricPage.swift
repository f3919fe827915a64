package import Backups
package import Exposition
package import Fleet

/// A page of all metrics, of a snapshot that never changes.
///
/// A piece of the page has the lines of a fixed number of addons in one family, or in some. So another value of an addon
/// changes one piece of a family alone, whatever its length. Ages have pieces of their own, because they are always
/// others, and so have the metrics that are not of addons.
package struct MetricPage: PagePieces {
    /// The number of lines that a piece of addons' metrics usually has, which are about 100 kB. More lines compress a
    /// little better, and need more memory for each scrape.
    package static let lines = 1024

    private let content: PageContent
    private let lines: Int
    /// The index of the metric that comes next.
    private var metric = 0
    /// The number of addons' metrics before it.
    private var section = 0
    /// The index of the addon that comes next in it.
    private var addon = 0
    /// Whether it has its metadata already.
    private var hasMetadata = false
    private var isAtEnd = false

    /// A page with metadata for the families that have samples.
    ///
    /// - Parameters:
    ///   - addons: in the order of the page.
    ///   - now: the instant up to which ages are counted.
    ///   - lines: the number of lines that a piece usually has.
    package init(
        _ addons: [RenderedAddon], _ status: ExporterStatus, format: ExpositionFormat, now: Timestamp,
        includingAges: Bool = true, lines: Int = Self.lines
    ) {
        content = PageContent(
            addons: addons.map(\.samples), status: status, format: format, now: now, includingAges: includingAges)
        self.lines = lines
    }

    package mutating func next(_ piece: inout [UInt8]) -> Bool {
        guard !isAtEnd else { return false }
        var room = lines
        while metric < MetricCatalog.all.count {
            let current = MetricCatalog.all[metric]
            let kind = current.source.kind
            if kind == .status {
                append(current, to: &piece) { $0.appendLines(of: current, to: &$1) }
                moveOn()
            } else {
                let most = max(room / current.usualLines, room == lines ? 1 : 0)
                let (section, range) = (section, addon..<min(addon + most, content.addons.count))
                append(current, to: &piece) { $0.appendLines(of: current, section: section, for: range, to: &$1) }
                room -= range.count * current.usualLines
                addon = range.upperBound
                if addon == content.addons.count {
                    self.section += 1
                    moveOn()
                }
            }
            guard metric < MetricCatalog.all.count else { break }
            let next = MetricCatalog.all[metric]
            if room < next.usualLines || next.source.kind != kind { return true }
        }
        piece.append(contentsOf: content.format.end)
        isAtEnd = true
        return true
    }

    /// Appends lines of a metric, before the first ones its metadata.
    private mutating func append(
        _ metric: Metric, to piece: inout [UInt8], lines: (PageContent, inout [UInt8]) -> Void
    ) {
        let start = piece.count
        if !hasMetadata { piece.append(contentsOf: metric.metadata(content.format)) }
        let afterMetadata = piece.count
        lines(content, &piece)
        if piece.count > afterMetadata {
            hasMetadata = true
        } else {
            piece.removeLast(piece.count - start)
        }
    }

    private mutating func moveOn() {
        metric += 1
        addon = 0
        hasMetadata = false
    }
}
