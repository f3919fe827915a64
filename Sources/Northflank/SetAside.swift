import Backups

/// The entries of a list that have no content that counts, page by page.
struct SetAside<Identity: Hashable & Sendable>: Sendable {
    /// The first value that cannot be read; nil if all entries can be read.
    private(set) var first: UnexpectedValue?
    /// The identities of the entries that cannot be read, as far as these can be read.
    private(set) var identities: Set<Identity> = []
    /// The number of entries that cannot be read.
    private(set) var unreadable = 0
    /// The number of entries that only count.
    private(set) var counted = 0
    /// Whether all of these are on the first page of the list.
    private(set) var isOnFirstPage = true

    /// The number of all of these.
    var all: Int { unreadable + counted }

    mutating func count() { counted += 1 }

    mutating func add(_ value: UnexpectedValue, of identity: Identity?) {
        first = first ?? value
        if let identity, !identities.insert(identity).inserted { return }
        unreadable += 1
    }

    /// Adds those of a further page. An entry that moved to this page counts once.
    mutating func add(further page: Self) {
        counted += page.counted
        first = first ?? page.first
        unreadable += page.unreadable - identities.intersection(page.identities).count
        identities.formUnion(page.identities)
        if page.counted > 0 || page.unreadable > 0 { isOnFirstPage = false }
    }
}

extension ListRemarks {
    init(_ setAside: SetAside<BackupIdentity>, cutAfter: Int?, clockAhead: Duration) {
        self.init(
            unreadable: setAside.first.map {
                Unreadable(entries: setAside.unreadable, field: $0.field, found: $0.difference)
            },
            undatedScheduled: setAside.counted, cutAfter: cutAfter, isOnFirstPage: setAside.isOnFirstPage,
            clockAhead: clockAhead)
    }
}
