import Backups
import Settings
import TestSupport
import Testing

@testable import Reports

/// What a person on call reads, word for word.
struct FindingTextTests {
    private static let now = time("2027-01-15T08:00:00Z")
    private static let midnight = time("2027-01-15T00:00:00Z")
    /// 990 to 2010 bytes.
    private static let band = SizeBand(
        sizes: [1500, 1430, 1570, 1431, 1569].map { Int64($0) * 1_000_000 }, isDifference: false)!

    static let cases: [(Finding, String)] = [
        (
            .neverCompleted(expectedBy: midnight),
            "there is no completed backup; the last one should have been there by 2027-01-15T00:00:00Z"
        ),
        (
            .attemptFailed(type: .dump, status: .failed, at: midnight, inARow: 1),
            "the newest dump failed 8h ago"
        ),
        (
            .attemptFailed(type: .snapshot, status: .failed, at: time("2027-01-15T07:59:01Z"), inARow: 3),
            "the newest snapshot failed 59s ago, like the 2 before it"
        ),
        (
            .attemptFailed(type: .dump, status: .notSupported, at: time("2027-01-13T07:31:00Z"), inARow: 1),
            "the newest dump ended as not-supported 2d ago"
        ),
        (
            .attemptFailed(type: .dump, status: .failed, at: time("2027-01-15T08:00:01Z"), inARow: 1),
            "the newest dump failed in the future"
        ),
        (
            .unfinished(type: .dump, since: midnight, limit: .seconds(5400)),
            "a dump has been running since 2027-01-15T00:00:00Z, for 8h; more than 1h30m is too long"
        ),
        (
            .slotsMissed(type: .dump, last: midnight, inARow: 1),
            "the dump that was due at 2027-01-15T00:00:00Z was not started"
        ),
        (
            .slotsMissed(type: .snapshot, last: midnight, inARow: 4),
            "the snapshot that was due at 2027-01-15T00:00:00Z was not started, nor the 3 before it"
        ),
        (
            .tooOld(type: .dump, since: time("2027-01-14T00:10:05Z"), objective: .seconds(88_200)),
            "the newest completed dump is from 2027-01-14T00:10:05Z, 1d8h ago; it may be 1d30m old"
        ),
        (
            .tooOld(type: nil, since: midnight, objective: .seconds(3600)),
            "the newest completed backup is from 2027-01-15T00:00:00Z, 8h ago; it may be 1h old"
        ),
        (.tooOld(type: nil, since: nil, objective: .seconds(60)), "there is no completed backup; it may be 1m old"),
        (
            .tooOld(type: .snapshot, since: nil, objective: .seconds(60)),
            "there is no completed snapshot; it may be 1m old"
        ),
        (.empty(type: .dump, at: midnight), "the newest completed dump, of 2027-01-15T00:00:00Z, has no bytes"),
        (
            .oddSize(type: .dump, at: midnight, size: 12, band: band),
            "the newest completed dump, of 2027-01-15T00:00:00Z, has 12 bytes; 750 MB to 2.3 GB would be usual"
        ),
        (
            .noObjective,
            "there is no max_age and no backup schedule that can be read and has a slot outside of maintenance windows, so no backup can be late"
        ),
        (
            .futureDated(count: 1, latest: midnight),
            "1 backup is dated in the future, the latest 2027-01-15T00:00:00Z; it does not count as new"
        ),
        (
            .futureDated(count: 2, latest: midnight),
            "2 backups are dated in the future, the latest 2027-01-15T00:00:00Z; they do not count as new"
        ),
        (
            .scheduleNotUnderstood(
                type: nil, oddity: "scheduling.interval is \"monthly\", not hourly, daily or weekly"),
            "the schedule is not understood: scheduling.interval is \"monthly\", not hourly, daily or weekly; "
                + "there is no max_age either, so no backup can be late"
        ),
        (
            .scheduleNotUnderstood(type: .dump, oddity: "x"),
            "the dump schedule is not understood: x; there is no max_age either, so no backup can be late"
        ),
        (
            .unreadable(Unreadable(entries: 1, field: "createdAt", found: "nothing, not an ISO 8601 time")),
            "1 entry of the list of backups cannot be read: createdAt is nothing, not an ISO 8601 time; "
                + "the other entries count"
        ),
        (
            .unreadable(Unreadable(entries: 3, field: "config.size", found: "x")),
            "3 entries of the list of backups cannot be read: config.size is x; the other entries count"
        ),
        (
            .cut(after: 10_000),
            "the list of backups is longer than the 10000 entries that are read; older backups are not known"
        ),
        (
            .notObserved(since: midnight, limit: .seconds(900)),
            "not observed since 2027-01-15T00:00:00Z, 8h ago; more than 15m is too long"
        ),
        (.tooFew(type: .dump, count: 0, limit: 1), "no completed dump exists; policy production requires one"),
        (.tooFew(type: nil, count: 1, limit: 7), "1 restorable point; policy production requires 7"),
        (.tooFew(type: nil, count: 0, limit: 7), "0 restorable points; policy production requires 7"),
        (
            .tooShort(oldest: midnight, limit: .seconds(30 * 86_400)),
            "oldest restorable point: 8h ago (2027-01-15T00:00:00Z); policy production requires 30d"
        ),
        (
            .tooShort(oldest: nil, limit: .seconds(30 * 86_400)),
            "there is no restorable point; policy production requires 30d"
        ),
        (
            .restoreOverdue(last: midnight, since: .distantPast, limit: .seconds(3600)),
            "last completed restore: 8h ago (2027-01-15T00:00:00Z); limit 1h (policy production)"
        ),
        (
            .restoreOverdue(last: nil, since: midnight, limit: .seconds(3600)),
            "no completed restore since 2027-01-15T00:00:00Z, 8h ago; limit 1h (policy production)"
        ),
        (
            .restoresUnreadable(limit: .seconds(90 * 86_400)),
            "the restores cannot be read, and policy production requires one every 90d"
        ),
        (
            .notSinceUpgrade(from: "16.4", to: "17.0", at: midnight),
            "no completed backup since the upgrade from 16.4 to 17.0 (2027-01-15T00:00:00Z)"
        ),
        (.notObserved(since: nil, limit: .seconds(900)), "not observed yet"),
        (.paused, "the addon is paused; Northflank takes no backups of it"),
    ]

    @Test("one text for each finding", arguments: cases)
    func texts(finding: Finding, text: String) {
        #expect(finding.text(now: Self.now, policy: "production") == text)
    }

    @Test(
        "sizes have a unit and three digits at most",
        arguments: [
            (0, "0 bytes"), (1, "1 bytes"), (999, "999 bytes"), (1000, "1 kB"), (1449, "1.4 kB"), (1450, "1.5 kB"),
            (99_949, "99.9 kB"), (99_950, "100 kB"), (999_499, "999 kB"), (999_500, "1 MB"), (2_500_000_000, "2.5 GB"),
            (4_000_000_000_000, "4 TB"), (999_600_000_000_000, "1 PB"), (.max, "9223 PB"),
        ] as [(Int64, String)])
    func sizes(size: Int64, text: String) {
        let finding = Finding.oddSize(type: .dump, at: Self.midnight, size: size, band: Self.band)
        #expect(finding.text(now: Self.now).contains("Z, has \(text); "))
    }

    @Test(
        "spans are to the second below a minute, to the minute below a day, to the hour above",
        arguments: [
            (0, "0s"), (0.4, "0s"), (59.4, "59s"), (59.9, "1m"), (60, "1m"), (89, "1m"), (91, "2m"), (5400, "1h30m"),
            (86_399, "1d"), (86_400, "1d"), (90_000, "1d1h"), (88_200, "1d1h"), (172_799, "2d"),
        ])
    func spans(seconds: Double, text: String) {
        #expect(PrometheusDuration.rounded(.seconds(seconds)) == text)
    }

    @Test(
        "instants are RFC 3339 in UTC, to the second; an instant outside of the calendar is a number",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_800_000_000_000, "2027-01-15T08:00:00Z"),
            (1_800_000_000_999, "2027-01-15T08:00:00Z"), (1_835_395_199_000, "2028-02-28T23:59:59Z"),
            (1_835_395_200_000, "2028-02-29T00:00:00Z"), (253_402_300_799_999, "9999-12-31T23:59:59Z"),
            (253_402_300_800_000, "253402300800000 ms"), (-1000, "1969-12-31T23:59:59Z"),
            (-62_135_596_800_001, "-62135596800001 ms"), (.max, "9223372036854775807 ms"),
            (.min, "-9223372036854775808 ms"),
        ] as [(Int64, String)])
    func instants(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).text == text)
    }

    @Test("absurd instants make a text, and no crash", arguments: [Int64.min, .max])
    func absurd(milliseconds: Int64) {
        let instant = Timestamp(milliseconds: milliseconds)
        for finding in [
            Finding.unfinished(type: .dump, since: instant, limit: .milliseconds(Int64.max)),
            .notObserved(since: instant, limit: .milliseconds(Int64.max)),
            .tooOld(type: nil, since: instant, objective: .milliseconds(Int64.min)),
        ] {
            #expect(!finding.text(now: Self.now).isEmpty)
            #expect(!finding.text(now: instant).isEmpty)
        }
    }
}
