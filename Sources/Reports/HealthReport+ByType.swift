import Backups

extension Addon {
    /// What is known of each type of backups that has a completed backup, a slot or a limit; and of all types together if
    /// the limit is for these.
    var byType: [HealthReport.TypeFacts] {
        let types = BackupType.allCases.filter { type in
            type != .imported
                && (summary?.completed(type) != nil || nextSlot(type) != nil || ownAgeLimit(type) != nil)
        }
        return types.map(facts) + [together].compactMap(\.self)
    }

    private func nextSlot(_ type: BackupType) -> Timestamp? { due.first { $0.type == type }?.slot }

    private func facts(_ type: BackupType) -> HealthReport.TypeFacts {
        let newest = summary?.completed(type)?.newest
        var band = assessment?.nextBand[type]
        // The band that the newest backup is outside of, without that backup.
        for case .oddSize(type, _, _, let own) in verdict.findings { band = own }
        return HealthReport.TypeFacts(
            type: type.label, lastCompleted: newest?.endOrCreation.text, sizeBytes: newest?.size,
            limitSeconds: ownAgeLimit(type)?.components.seconds, nextDue: nextSlot(type)?.text,
            usualLowBytes: band?.low, usualHighBytes: band?.high)
    }

    private var together: HealthReport.TypeFacts? {
        guard let limit = assessment?.generalObjective else { return nil }
        return HealthReport.TypeFacts(
            lastCompleted: lastCompleted?.text, limitSeconds: limit.components.seconds,
            nextDue: due.map(\.slot).min()?.text)
    }
}
