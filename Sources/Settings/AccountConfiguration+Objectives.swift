package import Backups

extension AccountConfiguration {
    /// The zone of the schedules' times, as far as the configuration alone decides it.
    package var zone: Zone { objective.isTimeZoneAuto ? .utc : TimeZones.zone(objective.timeZone) }

    /// The objectives of one of the account's addons.
    ///
    /// - Parameters:
    ///   - zone: the zone in force; nil for the configuration's own.
    ///   - isZoneOpen: whether it is not decided yet.
    package func objectives(for key: AddonKey, zone: Zone? = nil, isZoneOpen: Bool = false) -> Objectives {
        let own = addons.first { $0.project == key.project && $0.addon == key.addon }
        var decisions = Decisions()
        decisions.maxAge = own?.maxAge ?? objective.maxAge
        decisions.grace = own?.grace ?? objective.grace
        return Objectives(
            decisions, sizesSince: own?.sizesSince ?? objective.sizesSince,
            zone: zone ?? self.zone, isZoneOpen: isZoneOpen)
    }

    /// Whether discovery adds a listed addon, in this shard.
    package func discovers(_ key: AddonKey, type: String) -> Bool {
        discovery.enabled && discovery.wants(project: key.project, addon: key.addon, type: type) && shard.owns(key)
    }

    /// Removes facts that are no longer collected, so that old values do not stay on pages.
    package func trim(_ record: inout AddonRecord) {
        guard !restores else { return }
        record.restores = nil
        record.lastCompletedRestore = nil
        record.lastFailedRestore = nil
    }
}
