package import Backups

extension AccountConfiguration {
    /// The zone of the schedules' times, as far as the configuration alone decides it.
    package var zone: Zone { objective.isTimeZoneAuto ? .utc : TimeZones.zone(objective.timeZone) }

    /// The objectives of one of the account's addons.
    ///
    /// - Parameters:
    ///   - record: the addon; its ids, its type and its tags decide which policies match.
    ///   - zone: the zone in force; nil for the configuration's own.
    ///   - isZoneOpen: whether it is not decided yet.
    package func objectives(for record: AddonRecord, zone: Zone? = nil, isZoneOpen: Bool = false) -> Objectives {
        let decisions = resolve(record.key, type: record.addonType, tags: record.tags).decisions
        return Objectives(
            decisions, forgiven: ForgivenTimes(decisions.windows) { TimeZones.zone($0) },
            sizesSince: target(record.key)?.sizesSince ?? objective.sizesSince, zone: zone ?? self.zone,
            isZoneOpen: isZoneOpen)
    }

    /// Whether discovery adds a listed addon, in this shard.
    package func discovers(_ key: AddonKey, type: String, tags: [String]) -> Bool {
        discovery.enabled && discovery.wants(project: key.project, addon: key.addon, type: type, tags: tags)
            && shard.owns(key)
    }

    /// Whether discovery adds an addon, as far as its last known type and tags say.
    package func discovers(_ addon: Addon) -> Bool {
        discovers(addon.key, type: addon.type, tags: addon.record?.tags ?? [])
    }

    /// Removes facts that are no longer collected, so that old values do not stay on pages.
    package func trim(_ record: inout AddonRecord) {
        guard !readsRestores else { return }
        (record.restores, record.mayReadRestores) = (nil, true)
        record.lastCompletedRestore = nil
        record.lastFailedRestore = nil
    }
}
