import SplitMix64

/// The runs of the generated fleet.
extension FleetModel {
    func identity(at address: AddonAddress) -> Identity {
        identities[address.project][address.addon]
    }

    /// The current era of an addon.
    func era(at address: AddonAddress) -> Era {
        journals[address]?.eras.last ?? identity(at: address).era
    }

    /// The listed backups, in the order of the list.
    func listed(at address: AddonAddress, now: Double) -> [BackupRun] {
        var runs = retained(at: address, now: now)
        if let journal = journals[address] {
            runs.removeAll { journal.deletions[$0.key] != nil }
            runs += journal.manual.filter { journal.deletions[$0.key] == nil }
            if !journal.manual.isEmpty { runs.sort(by: BackupRun.isNewer) }
        }
        guard options.shuffled else { return runs }
        let number = UInt64(identity(at: address).number)
        return
            runs
            .map { run in
                var hash = SplitMix64(
                    options.seed, number, run.kind.number, UInt64(bitPattern: run.slot), 2)
                return (key: hash.next(), run: run)
            }
            .sorted { $0.key < $1.key }
            .map(\.run)
    }

    /// All backups that end after `instant` (milliseconds since 1970) and are created by `now`, including deleted ones,
    /// unsorted.
    func runs(at address: AddonAddress, endingAfter instant: Int64, now: Double) -> [BackupRun] {
        let scheduled = scheduled(at: address, .endingAfter(instant), now: now)
        guard let journal = journals[address] else { return scheduled }
        return scheduled + journal.manual.filter { $0.ended > instant }
    }

    /// The time at which a backup was deleted; `BackupRun.never` if it was not.
    func deletion(of run: BackupRun, at address: AddonAddress) -> Int64 {
        journals[address]?.deletions[run.key] ?? BackupRun.never
    }

    // MARK: Schedules

    /// A selection of a stream's runs.
    private enum Selection {
        /// The runs within their retention, and the unfinished ones.
        case retained
        /// The runs that end after an instant, in milliseconds since 1970.
        case endingAfter(Int64)
    }

    /// The scheduled backups within their retention at `now`, the newest first, including deleted ones.
    func retained(at address: AddonAddress, now: Double) -> [BackupRun] {
        if let count = options.backupsPerAddon { return fixed(at: address, count: count, now: now) }
        return scheduled(at: address, .retained, now: now).sorted(by: BackupRun.isNewer)
    }

    /// Exactly `count` finished runs of an hourly stream, independent of the addon's own streams.
    func fixed(at address: AddonAddress, count: Int, now: Double) -> [BackupRun] {
        let (stream, context) = fixedStream(of: identity(at: address))
        let instant = Timestamp.milliseconds(now)
        var runs: [BackupRun] = []
        var slot = context.newestSlot(of: stream, at: now)
        while runs.count < count {
            if let run = context.run(slot: slot, of: stream, first: 0), run.ended <= instant {
                runs.append(run)
            }
            slot -= 1
        }
        return runs
    }

    /// The scheduled backups created by `now`, unsorted.
    private func scheduled(
        at address: AddonAddress, _ selection: Selection, now: Double
    ) -> [BackupRun] {
        let identity = identity(at: address)
        var runs: [BackupRun] = []
        if options.backupsPerAddon != nil {
            let (stream, context) = fixedStream(of: identity)
            append(stream, context, selection, now: now, to: &runs)
        } else if let journal = journals[address] {
            for era in journal.eras { append(era, of: identity, selection, now: now, to: &runs) }
        } else {
            append(identity.era, of: identity, selection, now: now, to: &runs)
        }
        return runs
    }

    private func append(
        _ era: Era, of identity: Identity, _ selection: Selection, now: Double,
        to runs: inout [BackupRun]
    ) {
        let context = context(of: identity, era.personality, from: era.from, until: era.until)
        for stream in era.streams { append(stream, context, selection, now: now, to: &runs) }
    }

    private func append(
        _ stream: BackupStream, _ context: RunContext, _ selection: Selection, now: Double,
        to runs: inout [BackupRun]
    ) {
        let present = Timestamp.milliseconds(now)
        let instant = min(present, context.until ?? present)
        let ending: Int64
        let kept: Int64
        var oldest: Int64
        switch selection {
        case .retained:
            let limit = now - Double(stream.retentionDays) * 86_400 / options.timeScale
            (ending, kept) = (present, Timestamp.milliseconds(limit))
            oldest = context.newestSlot(of: stream, at: limit) - 1
        case .endingAfter(let limit):
            (ending, kept) = (limit, BackupRun.never)
            oldest = context.oldestSlot(of: stream, endingAfter: Timestamp.seconds(limit))
        }
        let first = context.firstInTrouble(of: stream)
        var newest = context.newestSlot(of: stream, at: now)
        if let until = context.until {
            newest = min(newest, context.newestSlot(of: stream, at: Timestamp.seconds(until)))
        }
        func consider(_ slot: Int64) {
            guard let run = context.run(slot: slot, of: stream, first: first),
                run.created <= instant, run.created > kept || run.ended > ending
            else { return }
            runs.append(run)
        }
        // An era after the first starts with the first slot that its trouble can affect.
        if context.from != nil { oldest = max(oldest, first) }
        // A hung run can be older than all other unfinished runs.
        if context.personality == .hung, first < oldest, first <= newest { consider(first) }
        guard oldest <= newest else { return }
        for slot in oldest...newest { consider(slot) }
    }

    private func fixedStream(of identity: Identity) -> (BackupStream, RunContext) {
        var hash = SplitMix64(options.seed, UInt64(identity.number), 3)
        return (BackupStream.hourly(hash: &hash).dumps, context(of: identity, .healthy))
    }

    private func context(
        of identity: Identity, _ personality: Personality, from: Int64? = nil, until: Int64? = nil
    ) -> RunContext {
        RunContext(
            seed: options.seed, addon: identity.number, personality: personality,
            timeScale: options.timeScale, anchor: anchor, from: from, until: until)
    }
}

extension BackupRun {
    /// Whether a run precedes another in the list.
    static func isNewer(_ one: BackupRun, than other: BackupRun) -> Bool {
        (one.created, one.kind.number, one.slot) > (other.created, other.kind.number, other.slot)
    }
}
