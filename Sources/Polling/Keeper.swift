package import Backups
package import History
import Northflank
package import Settings

/// Keeps facts about an account's addons in the history and judges them in the same transaction, so that each outcome
/// counts once.
package struct Keeper: Sendable {
    private let account: AccountConfiguration
    private let history: History

    package init(account: AccountConfiguration, history: History) {
        self.account = account
        self.history = history
    }

    /// Returns the addons as they are kept now; for a change, only the addons that it changed; none for an unchanged
    /// list that the history does not have.
    ///
    /// - Parameters:
    ///   - zone: the zone by which addons are judged.
    ///   - unobservedAfter: the longest time between two observations of an addon.
    package func keep(
        _ keep: Account.Keep, _ zone: JudgingZone, unobservedAfter: Duration, now: Timestamp
    ) -> [Addon] {
        let judge = { @Sendable (record: inout AddonRecord, known: [KnownBackup]) in
            self.judge(&record, known, zone)
        }
        switch keep {
        case .backups(let key, let listing, _):
            let (record, assessment) = history.observe(
                key, entries: listing.entries, isWhole: listing.isWhole, isNewestFirst: listing.isNewestFirst,
                remarks: listing.remarks, unreadable: listing.unreadableIdentities,
                unobservedAfter: unobservedAfter, at: now
            ) { record, known in
                account.trim(&record)
                record.take(sought: listing.sought, isWhole: listing.isWhole || listing.remarks.cutAfter != nil)
                return judge(&record, known)
            }
            return [Addon(record, assessment, isCounting: !history.isInUse)]
        case .unchanged(let addon, let isWhole, _):
            let again = history.observeAgain(
                addon.key, isWhole: isWhole, unobservedAfter: unobservedAfter, at: addon.lastObserved ?? now,
                judge: addon.isJudged(at: now) ? nil : judge
            )
            switch again {
            case .unknown: return []
            case .noted: return [addon]
            case .judged(let record, let assessment):
                return [Addon(record, assessment, isCounting: !history.isInUse)]
            }
        case .schedules(let key, let change, _), .restores(let key, let change, _):
            return apply([(key, change)], now, judge)
        case .listed(let changes, _): return apply(changes, now, judge)
        case .away(let away): return apply(away.map { ($0.key, .away($0.absence)) }, now, judge)
        case .missed(let missed): return apply(missed.map { ($0.key, .missed($0.missed)) }, now, judge)
        case .judgedAgain(let keys):
            return history.judgeAgain(keys, at: now, judge: judge)
                .map { Addon($0.0, $0.1, isCounting: !history.isInUse) }
        case .standing(let key, let standing):
            history.note(standing, of: key, at: now)
            return []
        }
    }

    private func apply(
        _ changes: [(key: AddonKey, change: AddonChange)], _ now: Timestamp,
        _ judge: @Sendable (inout AddonRecord, [KnownBackup]) -> Assessment?
    ) -> [Addon] {
        history.update(changes, at: now, judge: judge)
            .map { Addon($0.0, $0.1, isCounting: !history.isInUse) }
    }

    private func judge(_ record: inout AddonRecord, _ known: [KnownBackup], _ zone: JudgingZone) -> Assessment? {
        record.seekRestored(among: known)
        return record.judge(
            known, account.objectives(for: record, zone: zone.zone, isZoneOpen: zone.isOpen))
    }
}
