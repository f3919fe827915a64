package import Backups

/// A list, and the number of pages that were read for it.
package struct Listing<Entry: Sendable>: Sendable {
    package var entries: [Entry]
    /// The number of pages that were read; at least 1.
    package var pages: Int
    /// Whether the list was read to its end; otherwise the entries are its newest part.
    package var isWhole: Bool
    /// Whether no entry was newer than the previous entry, as far as the list was read.
    package var isNewestFirst: Bool
    /// Nothing for other lists than of backups.
    package var remarks = ListRemarks()
    /// The identities of the backups that cannot be read, though they are in the list.
    package internal(set) var unreadableIdentities: Set<BackupIdentity> = []
    /// The result of searching the list for a backup; nil if none was sought.
    package internal(set) var sought: SoughtBackup?
    /// Recognizes the list when it is read again; nil for other lists than of backups, and for several pages.
    package internal(set) var seen: SeenList?

    package init(entries: [Entry], pages: Int, isWhole: Bool = true, isNewestFirst: Bool = true) {
        self.entries = entries
        self.pages = pages
        self.isWhole = isWhole
        self.isNewestFirst = isNewestFirst
    }
}

/// An entry of the projects list.
package struct ProjectListing: Equatable, Sendable {
    package var id: String
    package var name: String

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

/// An entry of a project's addons list.
package struct AddonListing: Equatable, Sendable {
    package var id: String
    package var name: String
    /// `spec.type`, such as `postgresql`; `unknown` if absent.
    package var type: String
    /// `running`, `paused`, `backup` and so on; `unknown` if absent.
    package var status: String
    /// Distinguishes the addon from an earlier one of the same id; nil if absent.
    package var uid: String?
    /// In alphabetical order, without repetitions and without odd values.
    package var tags: [String]

    package init(
        id: String, name: String, type: String, status: String, uid: String? = nil, tags: [String] = []
    ) {
        self.id = id
        self.name = name
        self.type = type
        self.status = status
        self.uid = uid
        self.tags = tags
    }
}

/// An entry of one of the API's lists.
protocol ListEntry: Sendable {
    static var list: PageDecoder.List { get }
    /// Reads an entry. The cells of `row` are the columns of `list`. Nil for an entry that only counts.
    /// - Throws: `UnexpectedValue`.
    init?(row: PageDecoder.Row) throws(UnexpectedValue)
    /// Whether an entry that cannot be read is set aside, so that the others count. Otherwise the list cannot be read.
    static var setsAside: Bool { get }
    /// The identity of an entry that cannot be read; nil if that cannot be read, either.
    static func identity(of row: PageDecoder.Row) -> Identity?
    associatedtype Identity: Hashable, Sendable
    /// The time of an entry that has this name; nil for any other entry.
    static func time(of row: PageDecoder.Row, named name: String) -> Timestamp?
    /// Distinguishes the entries of a list.
    var identity: Identity { get }
    /// The time by which the list is ordered; nil if the entries have no order.
    var order: Timestamp? { get }
}

extension ListEntry {
    static var setsAside: Bool { false }

    static func identity(of row: PageDecoder.Row) -> Identity? { nil }

    static func time(of row: PageDecoder.Row, named name: String) -> Timestamp? { nil }

    var order: Timestamp? { nil }
}

extension ProjectListing: ListEntry {
    static let list = PageDecoder.List(path: "data.projects", columns: ["id", "name"])

    var identity: String { id }

    init(row: PageDecoder.Row) throws(UnexpectedValue) {
        id = try row[0].requiredText()
        name = try row[1].text() ?? id
    }
}

extension AddonListing: ListEntry {
    static let list = PageDecoder.List(
        path: "data.addons", columns: ["id", "name", "spec.type", "status", "uid", "tags"])

    var identity: String { id }

    init(row: PageDecoder.Row) throws(UnexpectedValue) {
        id = try row[0].requiredText()
        name = try row[1].text() ?? id
        type = try row[2].text() ?? "unknown"
        status = try row[3].text() ?? "unknown"
        uid = try row[4].text().flatMap { $0.isEmpty ? nil : $0 }
        tags = row[5].labels
    }
}

extension Backup: ListEntry {
    var order: Timestamp? { createdAt }

    static let list = PageDecoder.List(
        path: "data.backups",
        columns: [
            "uid", "id", "status", "createdAt", "completedAt", "config.size", "config.source.type",
            "config.addonVersion",
        ])

    static var setsAside: Bool { true }

    static func identity(of row: PageDecoder.Row) -> BackupIdentity? { try? readIdentity(row) }

    static func time(of row: PageDecoder.Row, named name: String) -> Timestamp? {
        guard [row[0], row[1]].contains(where: { (try? $0.text()) == name }) else { return nil }
        return try? row[3].timestamp()
    }

    /// Strict about identity, status, times and the greatest size. Nil for a scheduled backup without a creation, which
    /// has not begun.
    init?(row: PageDecoder.Row) throws(UnexpectedValue) {
        let status = BackupStatus(word: try row[2].text() ?? "")
        let identity = try Self.readIdentity(row)
        guard let createdAt = try row[3].timestamp() else {
            if status == .scheduled { return nil }
            throw row[3].wrong("an ISO 8601 time")
        }
        self.init(
            identity: identity,
            status: status,
            type: BackupType(source: try row[6].text()),
            createdAt: createdAt,
            completedAt: try row[4].timestamp(),
            size: try row[5].size(),
            version: row[7].shortText(upTo: 64))
    }

    private static func readIdentity(_ row: PageDecoder.Row) throws(UnexpectedValue) -> BackupIdentity {
        let uid = try row[0].identity()
        let id = uid == nil ? try row[1].identity() : nil
        guard let identity = uid ?? id else { throw row[1].wrong("a text") }
        return identity
    }
}

extension PageDecoder.Cell {
    /// The identity; nil if absent or empty. A UUID becomes no string.
    /// - Throws: `UnexpectedValue` if the value is not a string.
    fileprivate func identity() throws(UnexpectedValue) -> BackupIdentity? {
        if case .some(.some(let uuid)) = try bytes({ BackupIdentity(uuid: $0) }) { return uuid }
        return try text().flatMap { $0.isEmpty ? nil : .text($0) }
    }

    /// The instant; nil if absent or empty, because the API writes both before the time is known.
    /// - Throws: `UnexpectedValue` for any other value that is not a time.
    func timestamp() throws(UnexpectedValue) -> Timestamp? {
        let read = try bytes { text -> Timestamp?? in
            text.isEmpty ? .some(nil) : Timestamp(rfc3339: text).map { .some($0) }
        }
        switch read {
        case nil: return nil
        case .some(nil): throw wrong("an ISO 8601 time")
        case .some(.some(let timestamp)): return timestamp
        }
    }
}
