extension AddonRecord {
    /// Judges the addon from the last observation, and keeps what later judgements need of it: the newly judged slots,
    /// since when a completed backup is overdue, and the largest sizes.
    ///
    /// - Parameter known: all listed backups of the addon, and its newest gone backups.
    /// - Returns: nil before the first observation.
    package mutating func judge(_ known: [KnownBackup], _ objectives: Objectives) -> Assessment? {
        note(objectives.decisions)
        guard let lastObserved else { return nil }
        decideRemovals(known, objectives, observedAt: lastObserved)
        let assessment = Assessment(self, known, objectives, observedAt: lastObserved)
        sizes = assessment.sizes
        noteOverdue(assessment)
        // With a wrong clock, or a zone that may be wrong, no slot is judged for good.
        for judged in assessment.slots where isClockTrusted && !assessment.isZoneInDoubt {
            let before = slots[judged.type]
            slots[judged.type] = SlotCount(
                judgedThrough: judged.judgedThrough, due: (before?.due ?? 0) + judged.newlyDue,
                missed: (before?.missed ?? 0) + judged.newlyMissed, failed: before?.failed ?? 0,
                unended: (before?.unended ?? []) + judged.newlyUncompleted, missedSince: judged.missedSince,
                doubtfulSince: judged.isScheduleDoubtful ? before?.doubtfulSince ?? lastObserved : nil)
        }
        countFailedSlots(known)
        return assessment
    }

    /// Counts the slots whose attempt has ended since the last judgement, whatever the schedules are now. An attempt
    /// that is no longer known, though its end was not seen, counts as not failed.
    private mutating func countFailedSlots(_ known: [KnownBackup]) {
        for (type, slot) in slots where !slot.unended.isEmpty {
            let statuses = slot.unended.map { known.status(ofAttemptFor: type, createdAt: $0) }
            slots[type]?.failed += statuses.count { $0.map { $0.isTerminal && $0 != .completed } ?? false }
            slots[type]?.unended = zip(slot.unended, statuses).filter { $1?.isTerminal == false }.map(\.0)
        }
    }

    /// Remembers what was decided. Equal decisions stay the same object.
    private mutating func note(_ new: Decisions) {
        if (decisions?.value ?? Decisions()) != new { decisions = new == Decisions() ? nil : Shared(new) }
    }

    /// Only a completed backup ends that one was due: no pause, no new schedule, and no attempt that runs.
    private mutating func noteOverdue(_ assessment: Assessment) {
        if assessment.summary.hasCompleted { overdueSince = nil }
        for case .neverCompleted(let expectedBy) in assessment.findings { overdueSince = expectedBy }
    }
}

extension [KnownBackup] {
    /// The status of the backup that was created at an instant: of the type if one was, else of another type, which
    /// covers a slot of the type.
    fileprivate func status(ofAttemptFor type: BackupType, createdAt: Timestamp) -> BackupStatus? {
        let created = filter { $0.backup.createdAt == createdAt && $0.backup.type != .imported }
        return (created.first { $0.backup.type == type } ?? created.first)?.backup.status
    }
}
