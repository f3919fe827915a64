extension FleetModel {
    func addon(at address: AddonAddress, now: Double) -> SimulatedAddon {
        let identity = identities[address.project][address.addon]
        var hash = SplitMix64(options.seed, UInt64(identity.number), 1)
        // Addons were made in the course of 2023, long before any backup that is still listed.
        let createdAt = Timestamp.text(
            milliseconds: 1_672_531_200_000 + Int64(hash.below(31_536_000)) * 1000)
        return SimulatedAddon(
            id: identity.id, name: identity.name, type: identity.type.rawValue,
            status: status(of: identity, now: now), version: identity.type.version,
            storageMegabytes: 1024 << hash.below(7), createdAt: createdAt,
            personality: identity.personality.rawValue,
            schedules: identity.streams.compactMap { $0.schedule(createdAt: createdAt) })
    }

    func backups(
        at address: AddonAddress, now: Double, range: Range<Int>
    ) -> Slice<SimulatedBackup> {
        let identity = identities[address.project][address.addon]
        let runs = listed(identity, now: now)
        let instant = Timestamp.milliseconds(now)
        return Slice(
            total: runs.count,
            elements: runs[range.clamped(to: runs.indices)].map {
                backup($0, of: identity, at: instant)
            })
    }

    func generation(at address: AddonAddress, now: Double) -> Int64? {
        guard let count = options.backupsPerAddon else { return nil }
        let identity = identities[address.project][address.addon]
        return forced(identity, count: min(count, 1), now: now).first?.slot ?? 0
    }

    /// One addon in five is restored now and then.
    func restores(at address: AddonAddress, now: Double) -> [SimulatedRestore] {
        let identity = identities[address.project][address.addon]
        guard identity.number % 5 == 0 else { return [] }
        let instant = Timestamp.milliseconds(now)
        return runs(of: identity, now: now)
            .filter { $0.stream == 0 && $0.slot % 9 == 0 && $0.status(at: instant) == "completed" }
            .compactMap { run in
                let start = run.ended + Int64(600_000 / options.timeScale)
                guard start <= instant else { return nil }
                let end = start + Int64(300_000 / options.timeScale)
                return SimulatedRestore(
                    id: "restore-\(run.stream)-\(run.slot)",
                    status: end <= instant ? "completed" : "in-progress",
                    restoreTimestamp: Timestamp.text(milliseconds: start),
                    completedAt: end <= instant ? Timestamp.text(milliseconds: end) : nil,
                    backupId: id(of: run, of: identity))
            }
    }

    // MARK: Runs

    /// The runs in the order of the list.
    private func listed(_ identity: Identity, now: Double) -> [BackupRun] {
        let runs = runs(of: identity, now: now)
        guard options.shuffled else { return runs }
        return
            runs
            .map { run in
                var hash = SplitMix64(
                    options.seed, UInt64(identity.number), UInt64(run.stream),
                    UInt64(bitPattern: run.slot), 2)
                return (key: hash.next(), run: run)
            }
            .sorted { $0.key < $1.key }
            .map(\.run)
    }

    /// The runs that are listed at `now`, the newest first.
    private func runs(of identity: Identity, now: Double) -> [BackupRun] {
        if let count = options.backupsPerAddon {
            return forced(identity, count: count, now: now)
        }
        guard identity.personality != .neverBackedUp else { return [] }
        let context = context(of: identity)
        let instant = Timestamp.milliseconds(now)
        var runs: [BackupRun] = []
        for (number, stream) in identity.streams.enumerated() {
            let retention = Double(stream.retentionDays) * 86_400 / options.timeScale
            let newest = context.newestSlot(of: stream, at: now)
            let oldest = context.newestSlot(of: stream, at: now - retention) - 1
            for slot in oldest...newest {
                guard let run = context.run(slot: slot, of: stream, number: number),
                    run.created <= instant,
                    run.created > Timestamp.milliseconds(now - retention)
                else { continue }
                runs.append(run)
            }
        }
        return runs.sorted { ($0.created, $0.stream) > ($1.created, $1.stream) }
    }

    /// Exactly `count` finished runs of an hourly stream, whatever the addon's own streams are.
    private func forced(_ identity: Identity, count: Int, now: Double) -> [BackupRun] {
        var hash = SplitMix64(options.seed, UInt64(identity.number), 3)
        var stream = BackupStream.hourly(hash: &hash)
        stream.source = "sameAddon"
        let context = RunContext(
            seed: options.seed, addon: identity.number, personality: .healthy,
            timeScale: options.timeScale, anchor: anchor)
        let instant = Timestamp.milliseconds(now)
        var runs: [BackupRun] = []
        var slot = context.newestSlot(of: stream, at: now)
        while runs.count < count {
            if let run = context.run(slot: slot, of: stream, number: 0), run.ended <= instant {
                runs.append(run)
            }
            slot -= 1
        }
        return runs
    }

    private func context(of identity: Identity) -> RunContext {
        RunContext(
            seed: options.seed, addon: identity.number, personality: identity.personality,
            timeScale: options.timeScale, anchor: anchor)
    }

    private func status(of identity: Identity, now: Double) -> String {
        if identity.personality == .paused { return "paused" }
        guard options.backupsPerAddon == nil else { return "running" }
        let instant = Timestamp.milliseconds(now)
        let busy = runs(of: identity, now: now).contains {
            $0.started <= instant && instant < $0.ended
        }
        return busy ? "backup" : "running"
    }

    // MARK: Words

    private func id(of run: BackupRun, of identity: Identity) -> String {
        guard options.backupsPerAddon == nil else { return "\(identity.id)-hourly-dump-\(run.slot)" }
        return "\(identity.streams[run.stream].slug)-\(run.slot)"
    }

    /// A run as the list shows it. Habits differ between addons: older ones have no uid, and an unfinished
    /// backup's `completedAt` is absent, null or empty.
    private func backup(
        _ run: BackupRun, of identity: Identity, at now: Int64
    ) -> SimulatedBackup {
        let stream = options.backupsPerAddon == nil ? identity.streams[run.stream] : nil
        let status = run.status(at: now)
        let ended = now >= run.ended
        let unfinished: [JSONValue?] = [nil, .null, .string("")]
        return SimulatedBackup(
            id: id(of: run, of: identity),
            name: "\(stream?.title ?? "Hourly dump") \(run.slot)",
            uid: identity.number % 6 == 4 ? nil : uid(of: run, of: identity),
            status: status,
            createdAt: .string(Timestamp.text(milliseconds: run.created)),
            completedAt: ended
                ? .string(Timestamp.text(milliseconds: run.ended)) : unfinished[identity.number % 3],
            source: stream?.source ?? "sameAddon",
            size: status == "completed" ? size(of: run, of: identity) : nil,
            addonVersion: identity.type.version,
            compressionType: stream?.source == "snapshot" ? nil : identity.type.compression)
    }

    private func size(of run: BackupRun, of identity: Identity) -> JSONValue? {
        guard identity.personality == .sizeless, options.backupsPerAddon == nil else {
            return .string(String(run.bytes))
        }
        return run.slot % 2 == 0 ? .string("0") : nil
    }

    /// A UUID of the run's hash.
    private func uid(of run: BackupRun, of identity: Identity) -> String {
        var hash = SplitMix64(
            options.seed, UInt64(identity.number), UInt64(run.stream), UInt64(bitPattern: run.slot), 4)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        for half in 0..<2 {
            let bits = hash.next()
            for digit in 0..<16 {
                let position = half * 16 + digit
                if position == 8 || position == 12 || position == 16 || position == 20 {
                    bytes.append(UInt8(ascii: "-"))
                }
                let nibble = UInt8(truncatingIfNeeded: bits >> UInt64(4 * digit)) & 15
                bytes.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
