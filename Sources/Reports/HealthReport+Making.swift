package import Backups
package import Fleet

extension HealthReport {
    package init(
        _ addons: [Backups.Addon], accounts: [AccountStatus] = [], shard: Shard = .whole, now: Timestamp
    ) {
        generatedAt = now.text
        self.shard = shard.isPart ? "\(shard)" : nil
        let oldest = Self.oldestChecks(addons)
        self.accounts = accounts.map { HealthReport.Account($0, oldestCheck: oldest[$0.name]) }
        let accounts = Dictionary(accounts.map { ($0.name, $0.polling) }, uniquingKeysWith: { $1 })
        self.addons = addons.sorted { ($0.verdict.state, $0.key) < ($1.verdict.state, $1.key) }
            .map { HealthReport.Addon($0, polling: accounts[$0.key.account], now: now) }
    }

    /// By account, the addon that was checked longest ago.
    private static func oldestChecks(_ addons: [Backups.Addon]) -> [String: Check] {
        var oldest: [String: (key: AddonKey, at: Timestamp)] = [:]
        for addon in addons where !addon.isGone {
            guard let at = addon.lastObserved else { continue }
            if let known = oldest[addon.key.account], (known.at, known.key) < (at, addon.key) { continue }
            oldest[addon.key.account] = (addon.key, at)
        }
        return oldest.mapValues { Check(project: $0.key.project, addon: $0.key.addon, at: $0.at.text) }
    }
}

extension HealthReport.Problem {
    init(_ trouble: Trouble) {
        self.init(
            reason: trouble.reason, status: trouble.status, message: trouble.message, since: trouble.since.text,
            remedy: trouble.remedy)
    }
}

extension HealthReport.Account {
    init(_ account: AccountStatus, oldestCheck: HealthReport.Check?) {
        self.init(
            account: account.name, reachable: account.polling.isReachable,
            error: account.polling.trouble.map(HealthReport.Problem.init), addons: account.polling.addons,
            findings: account.polling.findings.isEmpty
                ? nil
                : account.polling.findings.map { finding in
                    HealthReport.AccountFinding(kind: finding.kind, since: finding.since.text, text: finding.text)
                },
            notes: [account.polling.takenZone?.note].compactMap(\.self),
            requests: account.rateLimit.map { limit in
                HealthReport.Requests(limit: limit.limit, left: limit.remaining, resetsAt: limit.resetsAt.text)
            },
            firstChecks: account.polling.firstChecks.map(HealthReport.FirstChecks.init),
            oldestCheck: oldestCheck)
    }
}

extension HealthReport.FirstChecks {
    package init(_ checks: PollingStatus.FirstChecks) {
        self.init(
            observed: checks.done, of: checks.of, expectedEnd: checks.expectedEnd?.text,
            requestsPerHour: checks.requestsPerHour)
    }
}

extension HealthReport.Addon {
    /// - Parameter polling: the status of the addon's account.
    init(_ addon: Backups.Addon, polling: PollingStatus?, now: Timestamp) {
        let context = FindingContext(addon, account: polling?.trouble, now: now)
        self.init(
            account: addon.key.account, project: addon.key.project, addon: addon.key.addon,
            projectName: addon.projectName, addonName: addon.addonName, type: addon.type, tags: addon.record?.tags,
            policy: addon.decisions?.policy, owner: addon.decisions?.owner,
            waiver: addon.waiver.map { waiver in
                HealthReport.Waiver(
                    reason: waiver.reason, owner: waiver.owner, until: waiver.until.text,
                    state: addon.verdict.waived?.rawValue)
            },
            state: addon.verdict.state.rawValue, since: addon.standing?.since.text,
            findings: addon.verdict.findings.map { finding in
                HealthReport.Finding(
                    kind: finding.kind?.rawValue ?? finding.state.rawValue, state: finding.state.rawValue,
                    since: addon.standing?.since(finding)?.text, text: finding.text(context),
                    type: finding.type?.label)
            },
            error: addon.trouble.map(HealthReport.Problem.init), lastCompleted: addon.lastCompleted?.text,
            nextDue: addon.due.map(\.slot).min()?.text, lastObserved: addon.lastObserved?.text,
            goneSince: addon.isGone ? addon.record?.absence?.since.text : nil, byType: addon.byType,
            lastDays: addon.assessment?.days.outcomes(through: now).map(\.rawValue))
        let firstDue = firstDueNote(addon.assessment?.firstDueBy)
        notes = [
            waiverNote, errorNote(accountReason: polling?.trouble?.reason, now: now), goneNote, firstDue,
            oldCheckNote(addon.lastObserved, limit: polling?.longestAge ?? .zero, now: now),
        ].compactMap { $0 }
        text =
            [waiver?.state == nil ? nil : waiverNote, findings.first?.text, firstDue]
            .lazy.compactMap { $0 }.first ?? addon.newestSentence(context)
    }
}
