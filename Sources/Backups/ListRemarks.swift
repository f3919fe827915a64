/// What the readings of an addon's list of backups show besides the backups.
package struct ListRemarks: Equatable, Sendable {
    /// Nil if every entry could be read.
    package var unreadable: Unreadable?
    /// The number of scheduled backups without a creation. They only count.
    package var undatedScheduled: Int
    /// The number of entries after which reading ended, though the list went on; nil for a list that was read as far as
    /// necessary.
    package var cutAfter: Int?
    /// Whether the entries that could not be read, and the scheduled ones without a creation, were all on the first
    /// page when the whole list was read last.
    package var isOnFirstPage: Bool
    /// How far Northflank's clock is ahead of the exporter's, to the minute; negative if it is behind.
    package var clockAhead: Duration

    package init(
        unreadable: Unreadable? = nil, undatedScheduled: Int = 0, cutAfter: Int? = nil, isOnFirstPage: Bool = true,
        clockAhead: Duration = .zero
    ) {
        self.unreadable = unreadable
        self.undatedScheduled = undatedScheduled
        self.cutAfter = cutAfter
        self.isOnFirstPage = isOnFirstPage
        self.clockAhead = clockAhead
    }

    /// Takes over the remarks of a reading. A reading of a part does not show what was found on further pages.
    mutating func take(_ read: ListRemarks, isWhole: Bool) {
        defer { clockAhead = read.clockAhead }
        // Only a reading that goes as far can show that the list has become shorter.
        let cutAfter = isWhole ? nil : read.cutAfter ?? cutAfter
        defer { self.cutAfter = cutAfter }
        if isWhole || isOnFirstPage || read.cutAfter != nil {
            (unreadable, undatedScheduled) = (read.unreadable, read.undatedScheduled)
            isOnFirstPage = read.isOnFirstPage
            return
        }
        if let new = read.unreadable, new.entries > unreadable?.entries ?? 0 { unreadable = new }
        undatedScheduled = max(undatedScheduled, read.undatedScheduled)
    }
}

/// The entries of an addon's list of backups that cannot be read.
package struct Unreadable: Equatable, Sendable {
    /// The number of entries; at least 1.
    package var entries: Int
    /// The path of the first field that is not as expected, such as `createdAt`.
    package var field: String
    /// What it is, such as `nothing, not an ISO 8601 time`.
    package var found: String

    package init(entries: Int, field: String, found: String) {
        self.entries = entries
        self.field = field
        self.found = found
    }
}
