/// One run of a stream, before it is put into words.
struct BackupRun: Sendable, Equatable {
    /// How a run ends.
    enum Outcome: String, Sendable {
        case completed, failed, aborted
        case notSupported = "not-supported"
    }

    /// Which of the addon's streams this is a run of.
    let stream: Int
    /// The number of the period since 1970 that the run belongs to.
    let slot: Int64
    /// Milliseconds since 1970, like the other two: when the run was put on the list.
    let created: Int64
    /// When it began.
    let started: Int64
    /// When it ends or ended.
    let ended: Int64
    let outcome: Outcome
    let bytes: Int64

    /// The API's word at an instant that is not before `created`.
    func status(at now: Int64) -> String {
        if now < started { return "scheduled" }
        if now >= ended { return outcome.rawValue }
        // Whoever aborts a run waits a moment for it.
        let aborting = outcome == .aborted && now >= ended - (ended - started) / 8
        return aborting ? "aborting" : "in-progress"
    }
}

/// What every run of an addon is derived from.
struct RunContext: Sendable {
    let seed: UInt64
    let addon: Int
    let personality: Personality
    let timeScale: Double
    /// When the troubles of the troubled began: seconds since 1970.
    let anchor: Double

    /// Seconds between two runs.
    func period(of stream: BackupStream) -> Double {
        stream.interval.seconds / timeScale
    }

    /// The number of the newest slot that has begun.
    func newestSlot(of stream: BackupStream, at now: Double) -> Int64 {
        let slots = ((now - stream.offset / timeScale) / period(of: stream)).rounded(.down)
        return Int64(exactly: slots) ?? 0
    }

    /// The run of a slot, or nil if none starts in it.
    func run(slot: Int64, of stream: BackupStream, number: Int) -> BackupRun? {
        var hash = SplitMix64(seed, UInt64(addon), UInt64(number), UInt64(bitPattern: slot))
        let period = period(of: stream)
        let jitter = hash.number(in: 0...20) / timeScale
        let queued = hash.number(in: 2...15) / timeScale
        var duration = stream.duration * hash.number(in: 0.75...1.25) / timeScale
        var outcome = BackupRun.Outcome.completed
        let size = stream.bytes * hash.number(in: 0.95...1.05)
        // Slots since the trouble began; its first two runs were already in trouble at the anchor.
        let since = slot - newestSlot(of: stream, at: anchor) + 2

        switch personality {
        case .failing where since >= 0 && since % 29 != 28:
            outcome = .failed
            duration *= 0.3
        case .stuck where since >= 0 && since % 8 != 7:
            guard since % 8 == 0 else { return nil }
            outcome = .aborted
            duration = period * 6.9
        case .flaky where hash.unit() < 0.4:
            outcome = hash.below(4) == 0 ? .aborted : .failed
        case .unsupported:
            outcome = .notSupported
            duration = 0
        default:
            break
        }

        let created = stream.offset / timeScale + Double(slot) * period + jitter
        return BackupRun(
            stream: number,
            slot: slot,
            created: Timestamp.milliseconds(created),
            started: Timestamp.milliseconds(created + queued),
            ended: Timestamp.milliseconds(created + queued + duration),
            outcome: outcome,
            bytes: Int64(size * growth(since: since))
        )
    }

    /// The factor of a growing addon's size. It begins anew after sixty slots, as if somebody cleaned up.
    private func growth(since: Int64) -> Double {
        guard personality == .growing else { return 1 }
        var factor = 1.0
        for _ in 0..<max(0, (since + 18) % 60) { factor *= 1.125 }
        return factor
    }
}
