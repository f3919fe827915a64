import Backups
import Settings

extension Explanation {
    /// The slots and the attempts of an addon.
    struct Ledger {
        private let entries: [SlotLedger.Entry]
        private let known: [KnownBackup]
        /// The newest first.
        let slots: [Slot]

        init(_ facts: ExplanationFacts) {
            let days = max(Explanation.allowedDays.upperBound, Explanation.attemptDays)
            let now = facts.now
            let from = now - .seconds(86_400 * days)
            entries =
                facts.past.map { past in
                    SlotLedger(past, zone: facts.zone, zones: TimeZones.zone, in: from..<now.adding(milliseconds: 1))
                        .entries
                } ?? []
            known = facts.attempts
            slots = entries.reversed().map(Slot.init)
        }

        /// The attempts that were created after an instant, the newest first.
        func attempts(since: Timestamp) -> [Attempt] {
            let filling = Set(entries.compactMap { $0.backup?.backup.identity })
            return known.prefix { $0.backup.createdAt > since }.map { known in
                Attempt(known, isOutsideSlots: !filling.contains(known.backup.identity))
            }
        }

        /// The slots of a type that have come and can still get their backup, the earliest first.
        func pending(_ type: BackupType) -> [Slot] {
            slots.reversed().filter { $0.type == type.label && $0.outcome == .pending }
        }
    }
}

extension Explanation.Slot {
    init(_ entry: SlotLedger.Entry) {
        let (outcome, reason): (Outcome, String?) =
            switch entry.outcome {
            case .completed: (.completed, nil)
            case .failed: (.failed, nil)
            case .aborted: (.aborted, nil)
            case .running: (.running, nil)
            case .missed: (.missed, nil)
            case .pending: (.pending, nil)
            case .covered(let other): (.covered, "the \(other.label) of the same time counts")
            case .forgiven(let forgiveness): (.forgiven, forgiveness.text)
            case .notJudged(let doubt): (.notJudged, doubt.text)
            }
        self.init(
            due: UTCTime(entry.due), type: entry.type.label, missedAt: UTCTime(entry.due + entry.grace),
            outcome: outcome, reason: reason,
            backup: entry.backup.map { Explanation.Attempt($0, isOutsideSlots: false) })
    }
}

extension Explanation.Attempt {
    init(_ known: KnownBackup, isOutsideSlots: Bool) {
        let backup = known.backup
        self.init(
            id: backup.identity.text, type: backup.type.label, status: backup.status.word,
            createdAt: UTCTime(backup.createdAt), endedAt: backup.completedAt.map(UTCTime.init), sizeBytes: backup.size,
            version: backup.version, isListed: known.isListed, isOutsideSlots: isOutsideSlots)
    }
}

extension SlotLedger.Forgiveness {
    fileprivate var text: String {
        switch self {
        case .paused: "the addon was paused"
        case .waived: "a waiver was in force"
        case .maintenanceWindow: "in a maintenance window"
        case .notWatched: "the addon was not watched"
        }
    }
}

extension SlotLedger.Doubt {
    fileprivate var text: String {
        switch self {
        case .beforeWatching: "before the addon was watched"
        case .notObserved: "the addon was not checked at that time"
        case .vanished: "the backup left the list before its end was read"
        }
    }
}

extension ExplanationFacts {
    /// Why there are no slots.
    var noSlots: String {
        if past == nil { return "the history has nothing of this addon yet" }
        if addon.record?.mayReadSchedules == false { return "the token has no permission to read the schedules" }
        guard let schedules = addon.record?.schedules else { return "the schedules are not read yet" }
        return schedules.isEmpty ? "the addon has no backup schedule" : "no slot was due"
    }

    var restores: [Explanation.Restore] {
        (addon.record?.pastRestores ?? []).map { restore in
            Explanation.Restore(
                endedAt: UTCTime(restore.end), hasCompleted: restore.hasCompleted,
                tookSeconds: restore.duration?.components.seconds,
                backupCreatedAt: restore.backupCreatedAt.map(UTCTime.init),
                backupType: restore.backupCreatedAt.flatMap { created in
                    past?.backups.first { $0.backup.createdAt == created }?.backup.type.label
                })
        }
    }

    /// Why there are no restores.
    var noRestores: String {
        guard configuration.readsRestores else { return "not read; restores: true in the configuration reads them" }
        return addon.record?.restores == nil ? "the restores are not read yet" : "no restore has ended"
    }
}
