/// One run of a stream, or a backup by hand, before it is put into words. Instants are milliseconds since 1970.
struct BackupRun: Sendable, Equatable {
    /// How a run ends.
    enum Outcome: String, Sendable, CaseIterable {
        case completed, failed, aborted
        case notSupported = "not-supported"
    }

    /// What sets a run apart from every other of its addon.
    struct Key: Sendable, Hashable {
        let kind: BackupKind
        let slot: Int64
    }

    /// The end of what never ends.
    static let never = Int64.max / 2

    let kind: BackupKind
    /// The number of the slot since 1970 that the run belongs to; a backup by hand has the next number.
    let slot: Int64
    /// When the run was put on the list.
    let created: Int64
    /// When it began.
    var started: Int64
    /// When it ends or ended.
    var ended: Int64
    var outcome: Outcome
    /// Its size once completed; nil if the list leaves it out.
    let bytes: Int64?

    var key: Key { Key(kind: kind, slot: slot) }

    /// The API's word at an instant that is not before `created`.
    func status(at now: Int64) -> String {
        if now < started { return "scheduled" }
        if now >= ended { return outcome.rawValue }
        // Whoever aborts a run waits a moment for it.
        let aborting = outcome == .aborted && now >= ended - (ended - started) / 8
        return aborting ? "aborting" : "in-progress"
    }

    func isInProgress(at now: Int64) -> Bool {
        started <= now && now < ended
    }

    /// Somebody aborts the run, if it has not ended by then.
    mutating func abort(at instant: Int64) {
        guard ended > instant else { return }
        ended = instant
        started = min(started, instant)
        outcome = .aborted
    }
}
