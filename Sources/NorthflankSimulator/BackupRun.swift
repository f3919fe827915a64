/// One run of a stream, or a backup by hand. Instants are milliseconds since 1970.
struct BackupRun: Sendable, Equatable {
    /// The outcome of a run.
    enum Outcome: String, Sendable, CaseIterable {
        case completed, failed, aborted
        case notSupported = "not-supported"
    }

    /// Identifies a run among all runs of its addon.
    struct Key: Sendable, Hashable {
        let kind: BackupKind
        let slot: Int64
    }

    /// The end of a run that never ends.
    static let never = Int64.max / 2

    let kind: BackupKind
    /// The number of the run's slot, counted from 1970. For a backup by hand, its number among the addon's backups by
    /// hand.
    let slot: Int64
    /// The time at which the run appears in the list.
    let created: Int64
    /// The time at which the run starts.
    var started: Int64
    /// The time at which the run ends.
    var ended: Int64
    var outcome: Outcome
    /// The size after completion; nil if the list leaves it out.
    let bytes: Int64?

    var key: Key { Key(kind: kind, slot: slot) }

    /// The API's status at an instant that is not before `created`.
    func status(at now: Int64) -> String {
        if now < started { return "scheduled" }
        if now >= ended { return outcome.rawValue }
        // Northflank needs some time to abort a run.
        let aborting = outcome == .aborted && now >= ended - (ended - started) / 8
        return aborting ? "aborting" : "in-progress"
    }

    func isInProgress(at now: Int64) -> Bool {
        started <= now && now < ended
    }

    /// Aborts the run at an instant, if it has not ended by then.
    mutating func abort(at instant: Int64) {
        guard ended > instant else { return }
        ended = instant
        started = min(started, instant)
        outcome = .aborted
    }
}
