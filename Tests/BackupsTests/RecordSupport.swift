@testable import Backups

/// An addon's record with its backups, without a store.
struct Recorded {
    var record: AddonRecord
    /// Listed and gone.
    var known: [KnownBackup] = []
    /// Whether gone backups are recalled, as a store does it, or among the known ones.
    var recalls = true

    init(firstSeen: Int64 = 0, recalls: Bool = true) {
        record = AddonRecord(key: AddonKey(account: "a", project: "p", addon: "d"), firstSeen: at(firstSeen))
        self.recalls = recalls
    }

    @discardableResult
    mutating func observe(
        _ entries: [Backup], isWhole: Bool = true, remarks: ListRemarks = ListRemarks(),
        unreadable: Set<BackupIdentity> = [], at now: Int64
    ) -> ListingChanges {
        let gone = recalls ? known.filter { !$0.isListed } : []
        var known = recalls ? known.filter(\.isListed) : known
        let isInOrder = zip(entries, entries.dropFirst()).allSatisfy { $0.createdAt >= $1.createdAt }
        let changes = record.observe(
            entries, isWhole: isWhole, isNewestFirst: isInOrder, remarks: remarks, unreadable: unreadable, at: at(now),
            known: &known
        ) { entry in
            gone.first { $0.backup.identity == entry.identity }
                ?? gone.first { $0.backup.createdAt == entry.createdAt && $0.backup.type == entry.type }
        }
        self.known = known + gone.filter { !changes.returned.map(\.backup.identity).contains($0.backup.identity) }
        return changes
    }

    var listed: [String] { known.filter(\.isListed).map(\.backup.identity.text).sorted() }
    var gone: [String] { known.filter { !$0.isListed }.map(\.backup.identity.text).sorted() }
}

/// A backup named `x`.
func one(_ status: BackupStatus, _ created: Int64 = 100, end: Int64? = nil, id: String = "x") -> Backup {
    backup(status, created, end: end, id: id)
}
