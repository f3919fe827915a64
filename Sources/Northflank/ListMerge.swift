import Backups

/// Joins the pages of a list that can change while it is read. An entry that appears twice, because a new entry moved
/// it to the next page, counts once, with its later content.
struct ListMerge<Entry: ListEntry>: Sendable {
    private(set) var entries: [Entry] = []
    private var positions: [Entry.Identity: Int] = [:]
    /// The time of the oldest entry so far; nil if the entries have no order.
    private(set) var oldest: Timestamp?
    /// Whether no entry was newer than the previous entry.
    private(set) var isNewestFirst = true
    private var last: Timestamp?

    /// Returns the number of new entries.
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
