import SplitMix64

extension FleetModel {
    func addon(at address: AddonAddress, now: Double) -> SimulatedAddon {
        let identity = identity(at: address)
        let era = era(at: address)
        var hash = SplitMix64(options.seed, UInt64(identity.number), 1)
        // Addons are created in 2023, long before any backup that is still listed.
        let createdAt = Timestamp.text(
            milliseconds: 1_672_531_200_000 + Int64(hash.below(31_536_000)) * 1000)
        return SimulatedAddon(
            id: identity.id, name: identity.name, type: identity.type.rawValue,
            status: status(at: address, era, now: now), version: identity.type.version,
            storageMegabytes: 1024 << hash.below(7), createdAt: createdAt,
            tags: address.addon.isMultiple(of: 3) ? ["critical", "production"] : ["production"],
            personality: era.personality.rawValue,
            schedules: era.streams.compactMap { $0.schedule(createdAt: createdAt) })
    }

    func backups(
        at address: AddonAddress, now: Double, range: Range<Int>
    ) -> Slice<SimulatedBackup> {
        let runs = listed(at: address, now: now)
        let identity = identity(at: address)
        let instant = Timestamp.milliseconds(now)
        return Slice(
            total: runs.count,
            elements: runs[range.clamped(to: runs.indices)].map {
                backup($0, of: identity, now: instant)
            })
    }

    func generation(at address: AddonAddress, now: Double) -> Int64? {
        guard let count = options.backupsPerAddon else { return nil }
        // A change by hand changes the list between two slots.
        guard journals[address] == nil else { return nil }
        return fixed(at: address, count: min(count, 1), now: now).first?.slot ?? 0
    }

    // MARK: Restores and status

    /// One addon in five is restored from time to time, also from backups that were deleted later.
    func restores(at address: AddonAddress, now: Double) -> [SimulatedRestore] {
        let identity = identity(at: address)
        guard identity.number % 5 == 0 else { return [] }
        let instant = Timestamp.milliseconds(now)
        return retained(at: address, now: now).compactMap { run in
            guard let (start, end) = restore(of: run), start <= instant else { return nil }
            return SimulatedRestore(
                id: "restore-\(run.kind.number)-\(run.slot)",
                status: end <= instant ? "completed" : "in-progress",
                restoreTimestamp: Timestamp.text(milliseconds: start),
                completedAt: end <= instant ? Timestamp.text(milliseconds: end) : nil,
                backupId: id(of: run, of: identity))
        }
    }

    /// The restore of a run, in milliseconds since 1970: ten minutes after the run's end, for five minutes; nil for
    /// most runs.
    private func restore(of run: BackupRun) -> (start: Int64, end: Int64)? {
        guard run.kind.number == 0, run.slot % 9 == 0, run.outcome == .completed else { return nil }
        let start = run.ended + Int64(600_000 / options.timeScale)
        return (start, start + Int64(300_000 / options.timeScale))
    }

    private func status(at address: AddonAddress, _ era: Era, now: Double) -> String {
        if era.personality == .paused { return "paused" }
        let instant = Timestamp.milliseconds(now)
        let backups = { (run: BackupRun) in
            run.isInProgress(at: instant) && deletion(of: run, at: address) > instant
        }
        // An addon with a fixed number of backups lists only finished ones.
        let busy =
            options.backupsPerAddon == nil
            ? runs(at: address, endingAfter: instant, now: now) : journals[address]?.manual ?? []
        if busy.contains(where: backups) { return "backup" }
        guard identity(at: address).number % 5 == 0 else { return "running" }
        let recent = instant - Int64(900_000 / options.timeScale) - 1
        let restored = runs(at: address, endingAfter: recent, now: now).contains { run in
            restore(of: run).map { $0.start <= instant && instant < $0.end } ?? false
        }
        return restored ? "restore" : "running"
    }

    // MARK: API objects

    func id(of run: BackupRun, of identity: Identity) -> String {
        let id = "\(run.kind.slug)-\(run.slot)"
        return run.kind == .hourlyDump ? "\(identity.id)-\(id)" : id
    }

    /// A run as the list shows it. Addons differ: the backups of some have no uid, and the `completedAt` of an
    /// unfinished backup is absent, null or empty.
    func backup(_ run: BackupRun, of identity: Identity, now: Int64) -> SimulatedBackup {
        let status = run.status(at: now)
        let unfinished: [JSONValue?] = [nil, .null, .string("")]
        return SimulatedBackup(
            id: id(of: run, of: identity),
            name: "\(run.kind.title) \(run.slot)",
            uid: uid(of: run, of: identity),
            status: status,
            createdAt: .string(Timestamp.text(milliseconds: run.created)),
            completedAt: now >= run.ended
                ? .string(Timestamp.text(milliseconds: run.ended)) : unfinished[identity.number % 3],
            source: run.kind.source,
            size: status == "completed" ? run.bytes.map { .string(String($0)) } : nil,
            addonVersion: identity.type.version,
            compressionType: run.kind.source == "snapshot" ? nil : identity.type.compression)
    }

    /// A UUID from the run's hash; nil for an addon whose backups have none.
    func uid(of run: BackupRun, of identity: Identity) -> String? {
        guard identity.number % 6 != 4 else { return nil }
        var hash = SplitMix64(
            options.seed, UInt64(identity.number), run.kind.number, UInt64(bitPattern: run.slot), 4)
        return hash.uuid()
    }
}
