extension AddonRecord {
    /// Judges from the last observation, and counts the slots that turn out to be missed.
    ///
    /// - Parameter known: the addon's backups: those that are listed, and of those that are gone the newest.
    /// - Returns: nil before the first observation.
    package mutating func judge(_ known: [KnownBackup], _ objectives: Objectives) -> Assessment? {
        guard let lastObserved else { return nil }
        var evidence = Evidence(
            listed: known.filter(\.isListed).map(\.backup), firstSeen: firstSeen, observedAt: lastObserved)
        evidence.gone = known.filter { !$0.isListed }.map(\.backup)
        evidence.schedules = schedules
        evidence.schedulesObserved = schedulesObserved
        evidence.mayReadSchedules = mayReadSchedules
        evidence.isPaused = isPaused
        evidence.activeSince = activeSince
        evidence.judgedThrough = slots.mapValues(\.judgedThrough)
        let assessment = Assessment(evidence, objectives)
        for judged in assessment.slots {
            let missed = slots[judged.type]?.missed ?? 0
            slots[judged.type] = SlotCount(judgedThrough: judged.judgedThrough, missed: missed + judged.newlyMissed)
        }
        return assessment
    }
}
