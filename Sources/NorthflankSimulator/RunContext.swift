import SplitMix64

/// What every run of an addon in one era is derived from.
struct RunContext: Sendable {
    let seed: UInt64
    let addon: Int
    let personality: Personality
    let timeScale: Double
    /// When the simulator was made: seconds since 1970.
    let anchor: Double
    /// The limits of the era, as ``Era`` has them.
    let from: Int64?
    let until: Int64?

    /// The number of the newest slot that has begun at `now`, in seconds since 1970.
    func newestSlot(of stream: BackupStream, at now: Double) -> Int64 {
        stream.newestSlot(at: now * timeScale)
    }

    /// The first slot that the personality's trouble meets. At the anchor it is three runs old, so that there is
    /// something to see; a trouble that was ordered later begins with the next run.
    func firstInTrouble(of stream: BackupStream) -> Int64 {
        guard let from else { return newestSlot(of: stream, at: anchor) - 2 }
        let newest = newestSlot(of: stream, at: Timestamp.seconds(from))
        let (created, _) = creation(slot: newest, of: stream)
        return Timestamp.milliseconds(created) > from ? newest : newest + 1
    }

    /// No older slot has a run that ends after `instant`, in seconds since 1970; but for one that hangs.
    func oldestSlot(of stream: BackupStream, endingAfter instant: Double) -> Int64 {
        if personality == .stuck { return newestSlot(of: stream, at: instant) - 8 }
        let longest = (usualDuration(of: stream) * 1.25 + 40) / timeScale
        return newestSlot(of: stream, at: instant - longest)
    }

    /// The run of a slot, or nil if none is made. `first` is the first slot in trouble.
    func run(slot: Int64, of stream: BackupStream, first: Int64) -> BackupRun? {
        var (created, hash) = creation(slot: slot, of: stream)
        let queued = hash.number(in: 2...15) / timeScale
        var duration = usualDuration(of: stream) * hash.number(in: 0.75...1.25) / timeScale
        var outcome = BackupRun.Outcome.completed
        let size = stream.bytes * hash.number(in: 0.95...1.05)
        var bytes: Int64? = Int64(size)
        var hangs = false
        /// Slots since the trouble began.
        let since = slot - first

        switch personality {
        case .neverBackedUp:
            return nil
        case .missed where since >= 0:
            return nil
        case .failing where since >= 0 && since % 29 != 28:
            outcome = .failed
            duration *= 0.3
        case .hung where since >= 0:
            guard since == 0 else { return nil }
            hangs = true
        case .stuck where since >= 0 && since % 8 != 7:
            guard since % 8 == 0 else { return nil }
            outcome = .aborted
            let next = (stream.time(of: slot + 7) - stream.time(of: slot)) / timeScale
            duration = next - 0.1 * period(of: stream)
        case .flaky where hash.unit() < 0.4:
            outcome = hash.below(4) == 0 ? .aborted : .failed
        case .unsupported:
            outcome = .notSupported
            duration = 0
        case .growing:
            bytes = Int64(size * growth(since: since))
        case .shrunk where since >= 0:
            bytes = Int64(size / 20)
        case .emptied where since >= 0:
            bytes = 0
        case .sizeless:
            bytes = slot % 2 == 0 ? 0 : nil
        default:
            break
        }

        var run = BackupRun(
            kind: stream.kind,
            slot: slot,
            created: Timestamp.milliseconds(created),
            started: Timestamp.milliseconds(created + queued),
            ended: hangs ? BackupRun.never : Timestamp.milliseconds(created + queued + duration),
            outcome: hangs ? .aborted : outcome,
            bytes: bytes
        )
        // A new life cannot begin while something hangs from the old one.
        if let until, personality == .hung || personality == .stuck { run.abort(at: until) }
        return run
    }

    /// When a slot's run is put on the list, in seconds since 1970, and the hash that further numbers come from.
    private func creation(slot: Int64, of stream: BackupStream) -> (Double, SplitMix64) {
        var hash = SplitMix64(seed, UInt64(addon), stream.kind.number, UInt64(bitPattern: slot))
        let jitter = hash.number(in: 0...20) / timeScale
        return (stream.time(of: slot) / timeScale + jitter, hash)
    }

    /// Seconds between two runs, on an average.
    private func period(of stream: BackupStream) -> Double {
        stream.interval.seconds / Double(stream.slotsPerPeriod) / timeScale
    }

    /// Real seconds, before the time scale divides them.
    private func usualDuration(of stream: BackupStream) -> Double {
        personality == .slow && stream.interval != .hourly ? 5 * 3600 : stream.duration
    }

    /// The factor of a growing addon's size. At the anchor it has grown for twenty slots; it begins anew after
    /// sixty, as if somebody cleaned up.
    private func growth(since: Int64) -> Double {
        let steps = since + (from == nil ? 18 : 1)
        var factor = 1.0
        for _ in 0..<max(0, steps % 60) { factor *= 1.125 }
        return factor
    }
}
