extension AddonRecord {
    /// Judges from the last observation, and counts the slots that turn out to be missed.
    ///
    /// - Parameter known: the addon's backups: those that are listed, and of those that are gone the newest.
    /// - Returns: nil before the first observation.
    package mutating func judge(_ known: [KnownBackup], _ objectives: Objectives) -> Assessment? {
        guard let lastObserved else { return nil }
        let assessment = Assessment(self, known, objectives, observedAt: lastObserved)
        for judged in assessment.slots {
            let missed = slots[judged.type]?.missed ?? 0
            slots[judged.type] = SlotCount(judgedThrough: judged.judgedThrough, missed: missed + judged.newlyMissed)
        }
        return assessment
    }
}
