import SplitMix64

/// The values from which all runs of an addon in one era are derived.
struct RunContext: Sendable {
    let seed: UInt64
    let addon: Int
    let personality: Personality
    let timeScale: Double
    /// The start of the simulator, in seconds since 1970.
    let anchor: Double
    /// The limits of the ``Era``.
    let from: Int64?
    let until: Int64?

    /// The number of the newest slot that has started at `now`, which is in seconds since 1970.
    func newestSlot(of stream: BackupStream, at now: Double) -> Int64 {
        stream.newestSlot(at: now * timeScale)
    }

    /// The first slot that the personality's trouble affects. At the anchor the trouble has affected three runs, so
    /// that it shows; a personality that is set later affects the next run first.
    func firstInTrouble(of stream: BackupStream) -> Int64 {
        guard let from else { return newestSlot(of: stream, at: anchor) - 2 }
        let newest = newestSlot(of: stream, at: Timestamp.seconds(from))
        let (created, _) = creation(slot: newest, of: stream)
        return Timestamp.milliseconds(created) > from ? newest : newest + 1
    }

    /// The oldest slot whose run can end after `instant`, in seconds since 1970. A hung run can have an older slot.
    func oldestSlot(of stream: BackupStream, endingAfter instant: Double) -> Int64 {
        if personality == .stuck { return newestSlot(of: stream, at: instant) - 8 }
        let longest = (usualDuration(of: stream) * 1.25 + 40) / timeScale
        return newestSlot(of: stream, at: instant - longest)
    }

    /// The run of a slot; nil if the slot has none. `first` is the first slot in trouble.
    func run(slot: Int64, of stream: BackupStream, first: Int64) -> BackupRun? {
        var (created, hash) = creation(slot: slot, of: stream)
        let queued = hash.number(in: 2...15) / timeScale
        var duration = usualDuration(of: stream) * hash.number(in: 0.75...1.25) / timeScale
        var outcome = BackupRun.Outcome.completed
        let size = stream.bytes * hash.number(in: 0.95...1.05)
        var bytes: Int64? = Int64(size)
        var hangs = false
        /// Slots since the start of the trouble.
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
        // A new era cannot start while a run of the old one is stuck.
        if let until, personality == .hung || personality == .stuck { run.abort(at: until) }
        return run
    }

    /// The creation of a slot's run, in seconds since 1970, and the hash for further random numbers.
    private func creation(slot: Int64, of stream: BackupStream) -> (Double, SplitMix64) {
        var hash = SplitMix64(seed, UInt64(addon), stream.kind.number, UInt64(bitPattern: slot))
        let jitter = hash.number(in: 0...20) / timeScale
        return (stream.time(of: slot) / timeScale + jitter, hash)
    }

    /// The mean time between two runs, in seconds.
    private func period(of stream: BackupStream) -> Double {
        stream.interval.seconds / Double(stream.slotsPerPeriod) / timeScale
    }

    /// The usual duration of a run in real seconds, before the time scale divides it.
    private func usualDuration(of stream: BackupStream) -> Double {
        personality == .slow && stream.interval != .hourly ? 5 * 3600 : stream.duration
    }

    /// The factor of a growing addon's size. At the anchor it has grown for twenty slots. After sixty it starts at 1
    /// again, as after a clean-up of the database.
    private func growth(since: Int64) -> Double {
        let steps = since + (from == nil ? 18 : 1)
        var factor = 1.0
        for _ in 0..<max(0, steps % 60) { factor *= 1.125 }
        return factor
    }
}
