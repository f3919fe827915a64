package import Backups
import Settings

extension Finding {
    /// The finding in words, for people on call.
    ///
    /// - Parameters:
    ///   - now: the instant from which "ago" is counted.
    ///   - trouble: why the addon cannot be read; nil if it can.
    ///   - policy: the name of the addon's policy; nil if it has none.
    package func text(now: Timestamp, trouble: Trouble? = nil, policy: String? = nil) -> String {
        switch self {
        case .neverCompleted(let expected):
            "there is no completed backup; the last one should have been there by \(expected.text)"
        case .attemptFailed(let type, let status, let time, let inARow):
            "the newest \(type.label) \(status == .failed ? "failed" : "ended as \(status.word)") "
                + time.ago(now) + (inARow > 1 ? ", like the \(inARow - 1) before it" : "")
        case .unfinished(let type, let since, let limit):
            "a \(type.label) has been running since \(since.text), for \(PrometheusDuration.rounded(now - since)); "
                + "more than \(Self.limit(limit)) is too long"
        case .slotsMissed(let type, let last, let inARow):
            "the \(type.label) that was due at \(last.text) was not started"
                + (inARow > 1 ? ", nor the \(inARow - 1) before it" : "")
        case .tooOld(let type, let since, let objective):
            (since.map { "the newest completed \(type?.label ?? "backup") is from \($0.text), \($0.ago(now))" }
                ?? "there is no completed \(type?.label ?? "backup")")
                + "; it may be \(Self.limit(objective)) old"
        case .empty(let type, let time): "the newest completed \(type.label), of \(time.text), has no bytes"
        case .oddSize(let type, let time, let size, let band):
            "the newest completed \(type.label), of \(time.text), has \(Self.bytes(size)); "
                + "\(Self.bytes(band.low)) to \(Self.bytes(band.high)) would be usual"
        case .removedEarly(let type, let removal): Self.text(type, removal)
        case .gone(let since): "not in Northflank's lists since \(since.text), \(since.ago(now))"
        case .futureDated(let count, let latest):
            "\(count == 1 ? "1 backup is" : "\(count) backups are") dated in the future, the latest \(latest.text); "
                + "\(count == 1 ? "it does" : "they do") not count as new"
        case .tooShallow(let type, let retention, let gap, let hole):
            "\(type?.label ?? "backup")s are kept for \(Self.limit(retention)) and are due every \(Self.limit(gap)): "
                + (hole > .zero
                    ? "no restorable point for up to \(Self.limit(hole)) before each slot"
                    : "no restorable point from each slot until its backup has completed")
        case .tooFew(let type?, _, _): "no completed \(type.label) exists; \(Self.name(policy)) requires one"
        case .tooFew(nil, let count, let limit):
            "\(count) restorable \(count == 1 ? "point" : "points"); \(Self.name(policy)) requires \(limit)"
        case .tooShort(let oldest, let limit):
            (oldest.map { "oldest restorable point: \($0.ago(now)) (\($0.text))" } ?? "there is no restorable point")
                + "; \(Self.name(policy)) requires \(Self.limit(limit))"
        case .restoreOverdue(let last, let since, let limit):
            (last.map { "last completed restore: \($0.ago(now)) (\($0.text))" }
                ?? "no completed restore since \(since.text), \(since.ago(now))")
                + "; limit \(Self.limit(limit)) (\(Self.name(policy)))"
        case .restoresUnreadable(let limit):
            "the restores cannot be read, and \(Self.name(policy)) requires one every \(Self.limit(limit))"
        case .notSinceUpgrade(let from, let to, let time):
            "no completed backup since the upgrade from \(from) to \(to) (\(time.text))"
        case .scheduleNotUnderstood(let type, let oddity):
            "the \(type.map { "\($0.label) " } ?? "")schedule is not understood: \(oddity); there is no max_age either, "
                + "so no backup can be late"
        case .schedulesForbidden:
            "the backup schedules cannot be read (HTTP 403) and there is no max_age; "
                + "the token's role needs Project > Addons > General > Read"
        case .noObjective:
            "there is no max_age and no backup schedule that can be read and has a slot outside of maintenance windows, "
                + "so no backup can be late"
        case .unreadable(let unreadable):
            "\(unreadable.entries == 1 ? "1 entry" : "\(unreadable.entries) entries") of the list of backups cannot be read: "
                + "\(unreadable.field) is \(unreadable.found); the other entries count"
        case .cut(let entries):
            "the list of backups is longer than the \(entries) entries that are read; older backups are not known"
        case .notObserved(let since, let limit):
            (since.map {
                "not observed since \($0.text), \($0.ago(now)); more than \(PrometheusDuration.rounded(limit)) is too long"
            }
                ?? "not observed yet") + (trouble.map { ": \($0.message)" } ?? "")
        case .paused: "the addon is paused; Northflank takes no backups of it"
        }
    }

    private static func name(_ policy: String?) -> String { policy.map { "policy \($0)" } ?? "the policy" }

    private static func text(_ type: BackupType, _ removal: Removals.Removal) -> String {
        let all = removal.removed + removal.left
        let (least, most) = (removal.early.lowerBound, removal.early.upperBound)
        let early =
            PrometheusDuration.rounded(least)
            + (least == most ? "" : " to \(PrometheusDuration.rounded(most))")
        return "\(removal.removed) of \(all) completed \(type.label)s left Northflank's list \(early) before their "
            + "retention (\(PrometheusDuration.rounded(removal.retention))) ended; \(removal.left) \(removal.left == 1 ? "is" : "are") left"
    }

    /// To the minute at any length, because a limit is exact.
    private static func limit(_ limit: Duration) -> String {
        PrometheusDuration.text(.seconds(60) * (limit.seconds / 60).rounded())
    }

    /// With a unit and at most three digits.
    private static func bytes(_ count: Int64) -> String {
        var value = Double(count)
        for unit in ["bytes", "kB", "MB", "GB", "TB"] {
            if value < 999.5 {
                let rounded = value < 99.95 && unit != "bytes" ? (value * 10).rounded() / 10 : value.rounded()
                return (rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)") + " \(unit)"
            }
            value /= 1000
        }
        return "\(Int(value.rounded())) PB"
    }
}

extension PrometheusDuration {
    /// For people: to the second below a minute, to the minute below a day, and to the hour above.
    package static func rounded(_ duration: Duration) -> String {
        let seconds = duration.seconds
        let unit = abs(seconds) < 60 ? 1.0 : abs(seconds) < 86_400 ? 60 : 3600
        return text(.seconds(1) * ((seconds / unit).rounded() * unit))
    }
}

extension Timestamp {
    func ago(_ now: Timestamp) -> String {
        let age = now - self
        return age < .zero ? "in the future" : "\(PrometheusDuration.rounded(age)) ago"
    }
}
