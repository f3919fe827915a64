import Backups

/// Joins the pages of a list that may change while it is read: an entry that appears twice, because a new one
/// pushed it to the next page, counts once, and what was said of it last is kept.
struct ListMerge<Entry: ListEntry>: Sendable {
    private(set) var entries: [Entry] = []
    private var positions: [String: Int] = [:]
    /// The oldest entry on the pages so far; nil where the order means nothing.
    private(set) var oldest: Timestamp?
    /// Whether each entry was no newer than the one before.
    private(set) var isNewestFirst = true
    private var last: Timestamp?

    /// Returns how many entries were new.
    mutating func add(_ page: [Entry]) -> Int {
        let before = entries.count
        entries.reserveCapacity(before + page.count)
        positions.reserveCapacity(before + page.count)
        for entry in page {
            note(entry.order)
            let position = positions[entry.identity, default: entries.count]
            if position < entries.count {
                entries[position] = entry
            } else {
                positions[entry.identity] = position
                entries.append(entry)
            }
        }
        return entries.count - before
    }

    private mutating func note(_ order: Timestamp?) {
        guard let order else { return }
        if let last, order > last { isNewestFirst = false }
        last = order
        oldest = min(oldest ?? order, order)
    }
}
