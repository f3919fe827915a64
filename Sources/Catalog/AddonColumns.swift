/// The lines of some families, of all addons one after the other: what each addon keeps by family, turned by
/// addon.
///
/// A page needs family after family, and going through all addons for each of them would wait for memory most of
/// the time. So each addon's lines are read once, in the order in which they lie, and go to several families.
struct AddonColumns {
    /// Families turned at once. More would need more memory beside the page, fewer would read addons more often.
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
        // Written at several places in turn, which an array cannot do before it has elements. The cursors end
        // where the next family begins, since the sizes were counted from the same addons.
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

    /// Appends the lines of a family, which must be one of those that were turned.
    func append(family: Int, to page: inout [UInt8]) {
        let column = family - families.lowerBound
        page.append(contentsOf: bytes[(column == 0 ? 0 : ends[column - 1])..<ends[column]])
    }
}
