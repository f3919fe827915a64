/// Joins the pages of a list that may change while it is read: an entry that appears twice, because a new one
/// pushed it to the next page, counts once, and what was said of it last is kept.
struct ListMerge<Entry: ListEntry>: Sendable {
    private(set) var entries: [Entry] = []
    private var positions: [String: Int] = [:]

    /// Returns how many entries were new.
    mutating func add(_ page: [Entry]) -> Int {
        let before = entries.count
        entries.reserveCapacity(before + page.count)
        positions.reserveCapacity(before + page.count)
        for entry in page {
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
}
