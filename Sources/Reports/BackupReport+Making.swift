package import Backups

extension BackupReport {
    /// Makes the report from the history. Reads one addon after the other, so that no poll waits for more than one.
    ///
    /// - Parameters:
    ///   - keys: of every addon that the history has.
    ///   - past: what the history has of one; nil if it was deleted meanwhile.
    ///   - zone: of an account's schedules.
    ///   - zones: the zone of an IANA name.
    /// - Throws: `ReportRequest.Problem` if no addon was watched in the range, or none of those is meant.
    package init(
        _ request: ReportRequest, keys: [AddonKey], past: (AddonKey) -> AddonPast?, zone: (String) -> Zone,
        zones: (String) -> Zone, madeAt: Timestamp, version: String
    ) throws(ReportRequest.Problem) {
        var addons: [ReportedAddon] = []
        var accounts: [String: Zone] = [:]
        var firstSeen: Timestamp?
        var found = false
        for key in keys where request.includes(project: key) {
            let zone = accounts[key.account] ?? zone(key.account)
            accounts[key.account] = zone
            guard let past = past(key) else { continue }
            firstSeen = [firstSeen, past.record.firstSeen].compactMap(\.self).min()
            guard let addon = ReportedAddon(past, zone: zone, zones: zones, in: request.range) else { continue }
            found = true
            if request.includes(addon) { addons.append(addon) }
        }
        guard !addons.isEmpty else {
            if found || (firstSeen == nil && !keys.isEmpty) {
                throw ReportRequest.Problem(
                    description: "no addon of the history is meant by project, policy and tag; leave one out")
            }
            let since = firstSeen.map { "; the oldest record is of \($0.text)" } ?? "; it has no addon"
            throw ReportRequest.Problem(
                description: "the history has nothing of \(request.from) to \(request.to)\(since)")
        }
        self.init(
            request, addons, zones: accounts.mapValues(\.identifier), madeAt: madeAt, version: version)
    }
}
