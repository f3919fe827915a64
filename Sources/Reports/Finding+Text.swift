package import Backups
import FoundationEssentials
import Settings

extension Finding {
    /// The finding in words, for people on call.
    ///
    /// - Parameter now: the instant from which "ago" is counted.
    package func text(now: Timestamp) -> String {
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
        case .futureDated(let count, let latest):
            "\(count == 1 ? "1 backup is" : "\(count) backups are") dated in the future, the latest \(latest.text); "
                + "\(count == 1 ? "it does" : "they do") not count as new"
        case .scheduleNotUnderstood(let type, let oddity):
            "the \(type.map { "\($0.label) " } ?? "")schedule is not understood: \(oddity); there is no max_age either, "
                + "so no backup can be late"
        case .noObjective:
            "there is no backup schedule that can be read and no max_age, so nobody would notice a missing backup"
        case .unreadable(let unreadable):
            "\(unreadable.entries == 1 ? "1 entry" : "\(unreadable.entries) entries") of the list of backups cannot be read: "
                + "\(unreadable.field) is \(unreadable.found); the other entries count"
        case .cut(let entries):
            "the list of backups is longer than the \(entries) entries that are read; older backups are not known"
        case .notObserved(let since, let limit):
            since.map {
                "not observed since \($0.text), \($0.ago(now)); more than \(PrometheusDuration.rounded(limit)) is too long"
            }
                ?? "not observed yet"
        case .paused: "the addon is paused; Northflank takes no backups of it"
        }
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
    /// RFC 3339 in UTC, to the second.
    package var text: String {
        // An instant outside of the calendar is a server's invention.
        guard (-62_135_596_800_000...253_402_300_799_999).contains(milliseconds) else { return "\(milliseconds) ms" }
        return Date(timeIntervalSince1970: (Double(milliseconds) / 1000).rounded(.down)).formatted(.iso8601)
    }

    func ago(_ now: Timestamp) -> String {
        let age = now - self
        return age < .zero ? "in the future" : "\(PrometheusDuration.rounded(age)) ago"
    }
}
