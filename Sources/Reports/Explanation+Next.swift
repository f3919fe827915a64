import Backups
import Fleet
import Settings

extension ExplanationFacts {
    /// What comes next: slots, the expiry of the newest backups, and the next check.
    func next(_ ledger: Explanation.Ledger) -> Explanation.Next {
        Explanation.Next(
            due: BackupType.scheduled.flatMap { due($0, ledger) },
            expiry: BackupType.scheduled.compactMap { type in
                addon.isGone ? nil : addon.assessment?.expiry[type].map { .init(type: type.label, at: UTCTime($0)) }
            },
            checkBy: checkBy.map(UTCTime.init), checkAfterSlot: checkAfterSlot.map(UTCTime.init),
            usesWebhooks: configuration.webhookToken != nil)
    }

    private func due(_ type: BackupType, _ ledger: Explanation.Ledger) -> [Explanation.Next.Due] {
        let pending = ledger.pending(type).map { slot in
            Explanation.Next.Due(type: slot.type, slot: slot.due, missedAt: slot.missedAt, isPending: true)
        }
        let next = addon.due.first { $0.type == type }.map { due in
            Explanation.Next.Due(
                type: type.label, slot: UTCTime(due.slot), missedAt: UTCTime(due.slot + grace(type)), isPending: false)
        }
        return pending + [next].compactMap(\.self)
    }

    /// When the sweep checks the addon again at the latest, if no check fails.
    private var checkBy: Timestamp? {
        let interval = account.polling.pollInterval
        guard interval > .zero, !addon.isGone, let last = addon.lastObserved else { return nil }
        return max(last + interval, now)
    }

    /// When half of the backups of the next slot would have ended, by the past ones.
    private var checkAfterSlot: Timestamp? {
        guard usesSlots, !addon.isGone, let next = addon.due.min(by: { $0.slot < $1.slot }),
            let lag = addon.assessment?.slots.first(where: { $0.type == next.type })?.lags.quantile(0.5)
        else { return nil }
        return next.slot + lag
    }
}
