package import Backups

extension Finding {
    /// The finding in words, for people on call: the fact, its number, since when, and the limit.
    package func text(_ context: FindingContext) -> String {
        let now = context.now
        switch self {
        case .neverCompleted(let expected): return "no completed backup exists; one was due by \(expected.atUTC)"
        case .gone(let since): return Self.gone(since, context)
        case .attemptFailed(let type, .notSupported, let time, _):
            return "Northflank does not support \(type.noun)s of this addon (not-supported); "
                + "latest attempt \(time.ago(now))"
        case .attemptFailed(let type, _, let time, 1): return "the last \(type.noun) failed \(time.ago(now))"
        case .attemptFailed(let type, _, let time, let inARow):
            return "the last \(CountText.text(inARow, of: type.noun)) failed; latest \(time.ago(now))"
        case .unfinished(let type, let since, let limit):
            return "a \(type.noun) has been running for \(since.age(now)) (since \(since.atUTC)); "
                + "limit \(Self.limit(limit))"
        case .slotsMissed(let type, let last, 1): return "the \(type.noun) due at \(last.atUTC) did not start"
        case .slotsMissed(let type, let last, let inARow):
            return "\(CountText.text(inARow)) scheduled \(type.noun)s in a row did not start; latest due \(last.atUTC)"
        case .tooOld(let type, let since?, let objective):
            return "last completed \(type.noun): \(since.ago(now)); limit \(Self.limit(objective))"
        case .tooOld(let type, nil, let objective):
            return "no completed \(type.noun) exists; limit \(Self.limit(objective))"
        case .notSinceUpgrade(let from, let to, let time):
            return "no completed backup since the upgrade from \(from) to \(to) (\(time.atUTC))"
        case .empty(let type, let time, let zeros): return Self.empty(type, time, zeros, now)
        case .oddSize(let type, let time, let size, let band): return Self.oddSize(type, time, size, band)
        case .removedEarly(let type, let removal): return Self.removedEarly(type, removal)
        case .futureDated(let count, let latest): return Self.futureDated(count, latest, now)
        case .tooShallow(let type, let retention, let gap, let hole):
            return Self.tooShallow(type, retention, gap, hole)
        case .tooFew(let type?, _, _): return "no completed \(type.noun) exists; \(context.policyName) requires one"
        case .tooFew(nil, let count, let limit):
            return "\(CountText.text(count, of: "restorable point")); \(context.policyName) requires \(limit)"
        case .tooShort(let oldest, let limit):
            return (oldest.map { "oldest restorable point: \($0.ago(now))" } ?? "no restorable point exists")
                + "; \(context.policyName) requires \(Self.limit(limit))"
        case .restoreOverdue(let last, let since, let limit):
            return
                (last.map { "last completed restore: \($0.ago(now))" }
                ?? "no completed restore since watching began \(since.ago(now))")
                + "; limit \(Self.limit(limit)) (\(context.policyName))"
        case .restoresUnreadable(let limit):
            return "the restores cannot be read; \(context.policyName) requires one every \(Self.limit(limit))"
        case .schedulesForbidden:
            return "the backup schedules cannot be read (HTTP 403) and there is no max_age; "
                + "the token's role needs Project > Addons > General > Read"
        case .scheduleNotUnderstood(let type, let oddity, let name):
            let schedule = name.map { "schedule \($0)" } ?? "the \(type.map { "\($0.noun) " } ?? "")schedule"
            return "\(schedule) is not understood (\(oddity)) and there is no max_age"
        case .noObjective: return Self.noObjective(context)
        case .unreadable(let unreadable):
            let all = context.entries.map {
                "\(CountText.text(unreadable.entries)) of \(CountText.text($0 + unreadable.entries))"
            }
            let noun = unreadable.entries == 1 && context.entries == nil ? "list entry" : "list entries"
            return "\(all ?? CountText.text(unreadable.entries)) \(noun) \(unreadable.entries == 1 ? "is" : "are") "
                + "unreadable (\(unreadable.field) is \(unreadable.found)); the others are judged"
        case .cut(let entries):
            return "the list of backups has more than \(CountText.text(entries)) entries; older backups are not read"
        case .notObserved(let since, let limit): return Self.notObserved(since, limit, context)
        case .paused:
            let since = context.pausedSince.map { " for \($0.age(now)) (since \($0.atUTC))" } ?? ""
            return "paused at Northflank\(since): no backups are taken"
                + (context.lastExpiry.map { "; the last one expires \($0.atUTC)" } ?? "")
        }
    }

    private static func gone(_ since: Timestamp, _ context: FindingContext) -> String {
        let last = context.lastCompleted.map { last in
            "; last completed \(last.type.noun) \(last.end.atUTC)" + (last.size.map { ", \(SizeText.text($0))" } ?? "")
        }
        let confirmed = context.goneConfirmed.map { " (confirmed \($0.clock(near: since)))" } ?? ""
        if let place = context.configuredAt {
            return "Northflank answers HTTP 404 since \(since.atUTC)\(confirmed); the configuration names it (\(place))"
        }
        return "not in Northflank's lists since \(since.atUTC)\(confirmed)\(last ?? "")"
    }

    private static func notObserved(_ since: Timestamp?, _ limit: Duration, _ context: FindingContext) -> String {
        let cause = context.trouble.map { trouble in
            // What only waits has a number instead of a beginning.
            trouble.isWaiting
                ? "; \(trouble.message)" : ": \(trouble.message) since \(trouble.since.clock(now: context.now))"
        }
        return
            (since.map { "not checked for \($0.age(context.now)) (limit \(Self.limit(limit)))" } ?? "not checked yet")
            + (cause ?? "")
    }

    private static func noObjective(_ context: FindingContext) -> String {
        let schedules =
            switch context.hasSchedules {
            case true?: "every slot of the backup schedules is in a maintenance window, and there is"
            case false?: "no backup schedule and"
            case nil: "the backup schedules are not known, and there is"
            }
        return "\(schedules) no max_age; a missing backup would not be noticed"
    }

    /// Exact, because it is a limit; seconds are left out from a minute on, where they come from averages.
    static func limit(_ limit: Duration) -> String {
        let seconds = limit.seconds
        return DurationText.limit(abs(seconds) < 60 ? limit : .seconds(60 * Int64((seconds / 60).rounded())))
    }
}

extension BackupType {
    /// The noun in a sentence, such as `dump`.
    package var noun: String { self == .unknown ? "backup" : label }
}

extension BackupType? {
    /// The noun in a sentence; `backup` for all types together.
    package var noun: String { self?.noun ?? "backup" }
}

extension Timestamp {
    /// The time of day alone on the same day as another instant: `21:50 UTC`.
    fileprivate func clock(near other: Timestamp) -> String {
        atUTC.prefix(10) == other.atUTC.prefix(10) ? "\(UTCTime(self).clock) UTC" : atUTC
    }

    /// Such as `3d 7h`.
    package func age(_ now: Timestamp) -> String { DurationText.age(now - self) }

    /// Such as `3d 7h ago (2026-11-23 20:00 UTC)`.
    package func ago(_ now: Timestamp) -> String { "\(age(now)) ago (\(atUTC))" }
}
