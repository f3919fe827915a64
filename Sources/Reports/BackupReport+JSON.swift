import Backups

/// The report for programs.
extension BackupReport {
    package var json: [UInt8] {
        let document = ReportDocument(
            from: request.from, to: request.to, generatedAt: madeAt.text, version: version,
            accounts: accounts.map { .init(account: $0, timeZone: zones[$0] ?? "UTC") }, databases: addons.count,
            judged: judged.count, protected: judged.count - unprotected.count,
            unobserved: observation.unobserved.map { .init($0) }, slots: .init(slots),
            policies: policies.map { policy in
                .init(
                    policy: policy.name == ReportRequest.noPolicy ? nil : policy.name, databases: policy.databases,
                    judged: policy.judged, protected: policy.whole, slots: .init(policy.slots),
                    lowestWithinObjectiveRatio: policy.lowestShare)
            }, addons: addons.map { .init($0, in: request.range) })
        return JSONText.bytes(document) + [UInt8(ascii: "\n")]
    }
}
