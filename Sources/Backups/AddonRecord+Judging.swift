extension AddonRecord {
    /// Judges the addon from the last observation, and counts the newly missed slots.
    ///
    /// - Parameter known: all listed backups of the addon, and its newest gone backups.
    /// - Returns: nil before the first observation.
    package mutating func judge(_ known: [KnownBackup], _ objectives: Objectives) -> Assessment? {
        guard let lastObserved else { return nil }
        decideRemovals(known, objectives, observedAt: lastObserved)
        let assessment = Assessment(self, known, objectives, observedAt: lastObserved)
        // With a wrong clock, or a zone that may be wrong, no slot is judged for good.
        for judged in assessment.slots where isClockTrusted && !assessment.isZoneInDoubt {
            let missed = slots[judged.type]?.missed ?? 0
            slots[judged.type] = SlotCount(judgedThrough: judged.judgedThrough, missed: missed + judged.newlyMissed)
        }
        return assessment
    }
}
