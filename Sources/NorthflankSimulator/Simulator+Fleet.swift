/// Changes of the fleet by hand.
extension Simulator {
    /// Gives addons, named as `project/addon`, another personality. Earlier runs stay as they are, except that a stuck
    /// or hung run is aborted now. Setting the current personality again has no effect.
    package func setPersonalities(_ personalities: [String: Personality]) throws(FleetRefusal) {
        _ = try source.change(.personalities(personalities), now: now())
    }

    /// Starts a backup by hand now; returns its id.
    package func addBackup(
        _ backup: ManualBackup, project: String, addon: String
    ) throws(FleetRefusal) -> String {
        let change = FleetChange.backup(project: project, addon: addon, backup)
        return try source.change(change, now: now()) ?? ""
    }

    /// Deletes a backup from the list, by its id or uid.
    package func deleteBackup(
        _ id: String, project: String, addon: String
    ) throws(FleetRefusal) {
        _ = try source.change(.deletion(project: project, addon: addon, id: id), now: now())
    }

    /// The outcomes since the start of the simulator, including backups that are no longer listed.
    package func outcomes() -> [SimulatedOutcomes] {
        source.outcomes(now: now())
    }

    func outcomesBody() -> [UInt8] {
        let now = now()
        let addons: [JSONValue] = source.outcomes(now: now).map { outcomes in
            [
                "project": .string(outcomes.project), "addon": .string(outcomes.addon),
                "completed": .int(Int64(outcomes.completed)),
                "failed": .int(Int64(outcomes.failed)), "aborted": .int(Int64(outcomes.aborted)),
                "not-supported": .int(Int64(outcomes.notSupported)),
            ]
        }
        let body: JSONValue = ["nowSeconds": .double(now), "addons": .array(addons)]
        return body.bytes
    }
}
