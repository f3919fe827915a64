package import Backups

extension AccountConfiguration {
    /// What was decided about one of the account's addons.
    package func objectives(for key: AddonKey) -> Objectives {
        let own = addons.first { $0.project == key.project && $0.addon == key.addon }
        return Objectives(
            maxAge: (own?.maxAge ?? objective.maxAge),
            grace: (own?.grace ?? objective.grace),
            zone: TimeZones.zone(objective.timeZone))
    }

    /// Whether an addon that was listed is one that discovery adds here.
    package func discovers(_ key: AddonKey, type: String) -> Bool {
        discovery.enabled && discovery.wants(project: key.project, addon: key.addon, type: type) && shard.owns(key)
    }

    /// Forgets what is no longer collected, so that nothing old stands on pages for ever.
    package func trim(_ record: inout AddonRecord) {
        guard !restores else { return }
        record.restores = nil
        record.lastCompletedRestore = nil
    }
}
