/// The lines of some families for all addons, regrouped: each addon stores its lines by family, and a page has each
/// family's lines over all addons.
///
/// Going through all addons for each family would wait for memory most of the time. So each addon's lines are read
/// once, in the order in which they lie, and go to several families.
struct AddonColumns {
    /// Families that are regrouped at once. More need more memory beside the page; fewer read the addons more often.
    static let width = 4

    private let families: Range<Int>
    private let bytes: [UInt8]
    /// Where each family ends in `bytes`.
    private let ends: [Int]

    /// - Parameter families: indices into `MetricCatalog.addon`.
    init(_ addons: [RenderedAddon], families: Range<Int>) {
        self.families = families
        var sizes = [Int](repeating: 0, count: families.count)
        for addon in addons {
            for (column, family) in families.enumerated() { sizes[column] += addon.range(of: family).count }
        }
        var total = 0
        var cursors: [Int] = []
        for size in sizes {
            cursors.append(total)
            total += size
        }
        // Written at several places alternately, which an array without elements does not allow. The cursors end where
        // the next family begins, because the sizes were counted from the same addons.
        guard total > 0 else {
            (bytes, ends) = ([], cursors)
            return
        }
        bytes = unsafe [UInt8](unsafeUninitializedCapacity: total) { buffer, count in
            for addon in addons {
                unsafe addon.bytes.withUnsafeBufferPointer { lines in
                    for (column, family) in families.enumerated() {
                        let range = addon.range(of: family)
                        let target = unsafe UnsafeMutableBufferPointer(rebasing: buffer[cursors[column]...])
                        _ = unsafe target.update(fromContentsOf: lines[range])
                        cursors[column] += range.count
                    }
                }
            }
            count = total
        }
        ends = cursors
    }

    /// Appends the lines of a family, which must be one of `families`.
    func append(family: Int, to page: inout [UInt8]) {
        let column = family - families.lowerBound
        page.append(contentsOf: bytes[(column == 0 ? 0 : ends[column - 1])..<ends[column]])
    }
}
