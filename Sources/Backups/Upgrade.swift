/// Whether backups work since the addon's software was upgraded.
extension [KnownBackup] {
    /// The finding that an attempt of a new version has ended, and that none of it has completed. The API says a version
    /// of each backup only, so that an upgrade is known from the first attempt after it.
    func notSinceUpgrade(_ horizon: Horizon) -> Finding? {
        // By index, because a loop over elements would copy each.
        func isOurs(_ index: Int) -> Bool {
            let backup = self[index].backup
            return self[index].isListed && backup.type != .imported && backup.version != nil
                && !horizon.isBeyond(Attempt(self[index]))
        }
        func newest(_ isWanted: (Backup) -> Bool) -> Int? {
            var newest: Int?
            for index in indices where isWanted(self[index].backup) && isOurs(index) {
                if let newest, !self[index].backup.isNewer(than: self[newest].backup) { continue }
                newest = index
            }
            return newest
        }
        guard let ended = newest({ $0.status.isTerminal && $0.status != .completed }),
            let version = self[ended].backup.version,
            let completed = newest({ $0.status == .completed }),
            let before = self[completed].backup.version, before != version,
            self[ended].backup.isNewer(than: self[completed].backup)
        else { return nil }
        let first = indices.filter {
            self[$0].backup.version == version && isOurs($0)
                && self[$0].backup.isNewer(than: self[completed].backup)
        }.map { self[$0].backup.createdAt }.min()
        return .notSinceUpgrade(from: before, to: version, at: first ?? self[ended].backup.createdAt)
    }
}
