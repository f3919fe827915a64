package import Backups

extension AccountConfiguration {
    /// The objectives of one of the account's addons.
    package func objectives(for key: AddonKey) -> Objectives {
        let own = addons.first { $0.project == key.project && $0.addon == key.addon }
        return Objectives(
            maxAge: (own?.maxAge ?? objective.maxAge),
            grace: (own?.grace ?? objective.grace),
            sizesSince: (own?.sizesSince ?? objective.sizesSince),
            zone: TimeZones.zone(objective.timeZone))
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
