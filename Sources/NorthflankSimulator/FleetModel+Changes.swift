/// Changes of the fleet by hand. Listed backups keep their identity, times and status, except a stuck or hung run.
extension FleetModel {
    mutating func change(_ change: FleetChange, now: Double) throws(FleetRefusal) -> String? {
        switch change {
        case .personalities(let personalities):
            try setPersonalities(personalities, now: now)
            return nil
        case .backup(let project, let addon, let backup):
            return try add(backup, to: try address(project: project, addon: addon), now: now)
        case .deletion(let project, let addon, let id):
            try delete(id, at: try address(project: project, addon: addon), now: now)
            return nil
        }
    }

    private mutating func setPersonalities(
        _ personalities: [String: Personality], now: Double
    ) throws(FleetRefusal) {
        guard options.backupsPerAddon == nil else { throw .fixedBackups }
        // All names first, so that a refusal has no effect; sorted, so that the refusal is always the same.
        var addresses: [AddonAddress: Personality] = [:]
        for (name, personality) in personalities.sorted(by: { $0.key < $1.key }) {
            addresses[try address(of: name)] = personality
        }
        let instant = Timestamp.milliseconds(now)
        for (address, personality) in addresses {
            let current = era(at: address)
            guard current.personality != personality else { continue }
            var journal = journal(at: address)
            journal.eras[journal.eras.count - 1].until = instant
            let streams = personality.streams(
                after: current.streams, hash: identity(at: address).scheduleHash)
            journal.eras.append(
                Era(personality: personality, streams: streams, from: instant, until: nil))
            journals[address] = journal
        }
    }

    /// Returns the backup's id.
    private mutating func add(
        _ backup: ManualBackup, to address: AddonAddress, now: Double
    ) throws(FleetRefusal) -> String {
        guard (0...1e9).contains(backup.seconds) else { throw .outOfRange("durationSeconds") }
        guard backup.size ?? 0 >= 0 else { throw .outOfRange("size") }
        var journal = journal(at: address)
        let instant = Timestamp.milliseconds(now)
        let outcome: BackupRun.Outcome? =
            switch backup.status {
            case .completed: .completed
            case .failed: .failed
            case .aborted: .aborted
            case .inProgress: nil
            }
        let run = BackupRun(
            kind: .manual(backup.kind), slot: Int64(journal.manual.count) + 1, created: instant,
            started: instant,
            ended: outcome == nil ? BackupRun.never : instant + Int64(backup.seconds * 1000),
            outcome: outcome ?? .aborted, bytes: backup.size)
        journal.manual.append(run)
        journals[address] = journal
        return id(of: run, of: identity(at: address))
    }

    private mutating func delete(
        _ id: String, at address: AddonAddress, now: Double
    ) throws(FleetRefusal) {
        let identity = identity(at: address)
        let run = listed(at: address, now: now).first {
            self.id(of: $0, of: identity) == id || uid(of: $0, of: identity) == id
        }
        guard let run else { throw .unknownBackup(id) }
        var journal = journal(at: address)
        journal.deletions[run.key] = Timestamp.milliseconds(now)
        journals[address] = journal
    }

    private func journal(at address: AddonAddress) -> Journal {
        journals[address] ?? Journal(eras: [identity(at: address).era])
    }

    // MARK: Names

    /// The addon that `project/addon` names.
    func address(of name: String) throws(FleetRefusal) -> AddonAddress {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .unknownAddon(name) }
        return try address(project: String(parts[0]), addon: String(parts[1]))
    }

    private func address(project: String, addon: String) throws(FleetRefusal) -> AddonAddress {
        guard let position = self.project(id: project),
            let number = self.addon(id: addon, project: position)
        else { throw .unknownAddon("\(project)/\(addon)") }
        return AddonAddress(project: position, addon: number)
    }
}
