import Backups

/// Joins the pages of a list that can change while it is read. An entry that appears twice, because a new entry moved
/// it to the next page, counts once, with its later content.
struct ListMerge<Entry: ListEntry>: Sendable {
    /// A list as far as it was read.
    struct List: Sendable {
        let listing: Listing<Entry>
        let setAside: SetAside<Entry.Identity>
        /// Whether reading ended before the list did, because the list has too many pages.
        let isCut: Bool
        /// The time of the entry that was sought; nil if there is none.
        let sought: Timestamp?
    }

    private(set) var entries: [Entry] = []
    /// Nil before the first page.
    private var setAside: SetAside<Entry.Identity>?
    private var positions: [Entry.Identity: Int] = [:]
    /// The time of the oldest entry so far; nil if the entries have no order.
    private(set) var oldest: Timestamp?
    /// Whether no entry was newer than the previous entry.
    private(set) var isNewestFirst = true
    private var last: Timestamp?
    private var sought: Timestamp?

    /// Returns the number of new entries. Those that are set aside count, so that a page of these alone is no page
    /// without anything new.
    mutating func add(_ page: PageDecoder.Page<Entry>) -> Int {
        let before = setAside?.all ?? 0
        sought = sought ?? page.sought
        if setAside == nil { setAside = page.setAside } else { setAside?.add(further: page.setAside) }
        return add(page.entries) + (setAside?.all ?? 0) - before
    }

    func list(pages: Int, isWhole: Bool, isCut: Bool) -> List {
        List(
            listing: Listing(entries: entries, pages: pages, isWhole: isWhole, isNewestFirst: isNewestFirst),
            setAside: setAside ?? SetAside(), isCut: isCut, sought: sought)
    }

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
