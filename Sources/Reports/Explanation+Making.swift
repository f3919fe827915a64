import Backups
import Fleet
import Settings

extension Explanation {
    /// Explains the verdict on an addon.
    ///
    /// - Parameters:
    ///   - days: days of slots.
    ///   - runbooks: where the runbook of the worst finding is.
    package init(_ facts: ExplanationFacts, days: Int, runbooks: RunbookLinks = RunbookLinks()) {
        let now = facts.now
        let addon = facts.addon
        var context = FindingContext(addon, account: facts.account.polling.trouble, now: now)
        context.configuredAt = facts.configuredAt
        let ledger = Ledger(facts)
        let slots = ledger.slots.filter { $0.due.instant > now - .seconds(86_400 * days) }
        let attemptsFrom = now - .seconds(86_400 * Self.attemptDays)
        let restores = facts.restores
        self.init(
            generatedAt: UTCTime(now), days: days, account: addon.key.account, project: addon.key.project,
            addon: addon.key.addon, addonName: addon.addonName, type: addon.type,
            version: facts.attempts.lazy.compactMap(\.backup.version).first,
            isPaused: addon.record?.isPaused ?? false, decided: Decided(facts), state: addon.verdict.state.rawValue,
            since: addon.standing.map { UTCTime($0.since) }, stateWithoutWaiver: addon.verdict.waived?.rawValue,
            findings: addon.verdict.findings.map { Finding($0, of: addon, context) },
            newest: facts.newest, restorableTo: facts.points.first.map { UTCTime($0.backup.createdAt) },
            limits: addon.isGone ? [] : facts.limits, slots: slots, noSlots: slots.isEmpty ? facts.noSlots : nil,
            attempts: ledger.attempts(since: attemptsFrom),
            missedSlots: ledger.slots.filter { $0.outcome == .missed && $0.due.instant > attemptsFrom },
            restores: restores, noRestores: restores.isEmpty ? facts.noRestores : nil, next: facts.next(ledger),
            advice: [], runbook: addon.verdict.findings.first?.kind.map { runbooks.runbook($0.runbook) },
            evidence: Evidence(facts))
        // Advice names values that the explanation has.
        advice = steps(facts)
    }
}

extension Explanation.Finding {
    init(_ finding: Finding, of addon: Addon, _ context: FindingContext) {
        self.init(
            kind: finding.kind?.rawValue ?? finding.state.rawValue, state: finding.state.rawValue,
            since: addon.standing?.since(finding).map(UTCTime.init),
            text: finding.text(context), type: finding.type?.label)
    }
}

extension Explanation.Decided {
    init(_ facts: ExplanationFacts) {
        let decisions = facts.decisions
        self.init(
            policy: decisions.policy, source: facts.decided.sources["name"]?.place, owner: decisions.owner,
            onGone: decisions.onGone?.rawValue,
            waiver: decisions.waiver.map { waiver in
                Explanation.Waiver(
                    reason: waiver.reason, owner: waiver.owner, until: UTCTime(waiver.until),
                    isInForce: waiver.isInForce(at: facts.now), source: facts.decided.sources["waive"]?.place)
            })
    }
}

extension ExplanationFacts {
    /// The newest completed backup of each type, imports aside.
    var newest: [Explanation.Newest] {
        BackupType.allCases.compactMap { type in
            guard let backup = points.first(where: { $0.backup.type == type })?.backup else { return nil }
            return Explanation.Newest(
                type: type.label, createdAt: UTCTime(backup.createdAt), endedAt: UTCTime(backup.endOrCreation),
                sizeBytes: backup.size, limitSeconds: ageLimit(type)?.components.seconds)
        }
    }

    func ageLimit(_ type: BackupType) -> Duration? { addon.ageLimit(type) }
}
