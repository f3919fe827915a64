import Backups
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
        (.neverCompleted(expectedBy: midnight), "no completed backup exists; one was due by 2027-01-15 00:00 UTC"),
        (
            .attemptFailed(type: .dump, status: .failed, at: midnight, inARow: 1),
            "the last dump failed 8h 0m ago (2027-01-15 00:00 UTC)"
        ),
        (
            .attemptFailed(type: .snapshot, status: .failed, at: time("2027-01-15T07:59:01Z"), inARow: 3),
            "the last 3 snapshots failed; latest 59s ago (2027-01-15 07:59 UTC)"
        ),
        (
            .attemptFailed(type: .unknown, status: .failed, at: midnight, inARow: 1200),
            "the last 1,200 backups failed; latest 8h 0m ago (2027-01-15 00:00 UTC)"
        ),
        (
            .attemptFailed(type: .dump, status: .notSupported, at: time("2027-01-13T07:31:00Z"), inARow: 1),
            "Northflank does not support dumps of this addon (not-supported); latest attempt 2d 0h ago "
                + "(2027-01-13 07:31 UTC)"
        ),
        (
            .attemptFailed(type: .dump, status: .failed, at: time("2027-01-15T08:00:01Z"), inARow: 1),
            "the last dump failed 0s ago (2027-01-15 08:00 UTC)"
        ),
        (
            .unfinished(type: .dump, since: midnight, limit: .seconds(5400)),
            "a dump has been running for 8h 0m (since 2027-01-15 00:00 UTC); limit 1h 30m"
        ),
        (.slotsMissed(type: .dump, last: midnight, inARow: 1), "the dump due at 2027-01-15 00:00 UTC did not start"),
        (
            .slotsMissed(type: .snapshot, last: midnight, inARow: 4),
            "4 scheduled snapshots in a row did not start; latest due 2027-01-15 00:00 UTC"
        ),
        (
            .tooOld(type: .dump, since: time("2027-01-14T00:10:05Z"), objective: .seconds(88_200)),
            "last completed dump: 1d 7h ago (2027-01-14 00:10 UTC); limit 1d 0h 30m"
        ),
        (
            .tooOld(type: nil, since: midnight, objective: .milliseconds(3_600_400)),
            "last completed backup: 8h 0m ago (2027-01-15 00:00 UTC); limit 1h"
        ),
        (.tooOld(type: nil, since: nil, objective: .seconds(60)), "no completed backup exists; limit 1m"),
        (.tooOld(type: .snapshot, since: nil, objective: .seconds(60)), "no completed snapshot exists; limit 1m"),
        (.empty(type: .dump, at: midnight), "the last completed dump (2027-01-15 00:00 UTC) has 0 bytes"),
        (
            .empty(type: .dump, at: midnight, .init(usual: band)),
            "the last completed dump (2027-01-15 00:00 UTC) has 0 bytes; usual 750 MB to 2.3 GB"
        ),
        (
            .empty(
                type: .dump, at: midnight, .init(inARow: 3, usual: band, lastWithData: time("2027-01-11T00:00:00Z"))),
            "the last 3 completed dumps have 0 bytes; last with data 4d 8h ago (2027-01-11 00:00 UTC)"
        ),
        (
            .oddSize(type: .dump, at: midnight, size: 12, band: band),
            "the last completed dump (2027-01-15 00:00 UTC) has 12 bytes; usual 750 MB to 2.3 GB"
        ),
        (
            .noObjective,
            "the backup schedules are not known, and there is no max_age; a missing backup would not be noticed"
        ),
        (
            .schedulesForbidden,
            "the backup schedules cannot be read (HTTP 403) and there is no max_age; the token's role needs Project > "
                + "Addons > General > Read"
        ),
        (
            .futureDated(count: 1, latest: time("2027-01-15T09:30:00Z")),
            "1 backup is dated in the future (latest 2027-01-15 09:30 UTC, 1h 30m ahead of Northflank's clock); it does "
                + "not count"
        ),
        (
            .futureDated(count: 2, latest: time("2027-01-25T08:00:00Z")),
            "2 backups are dated in the future (latest 2027-01-25 08:00 UTC, 10d 0h ahead of Northflank's clock); they "
                + "do not count"
        ),
        (
            .scheduleNotUnderstood(
                type: nil, oddity: "scheduling.interval is \"monthly\", not hourly, daily or weekly", name: "nightly"),
            "schedule nightly is not understood (scheduling.interval is \"monthly\", not hourly, daily or weekly) and "
                + "there is no max_age"
        ),
        (
            .scheduleNotUnderstood(type: .dump, oddity: "x"),
            "the dump schedule is not understood (x) and there is no max_age"
        ),
        (
            .unreadable(Unreadable(entries: 1, field: "createdAt", found: "nothing, not an ISO 8601 time")),
            "1 list entry is unreadable (createdAt is nothing, not an ISO 8601 time); the others are judged"
        ),
        (
            .unreadable(Unreadable(entries: 3, field: "config.size", found: "x")),
            "3 list entries are unreadable (config.size is x); the others are judged"
        ),
        (
            .cut(after: 10_000), "the list of backups has more than 10,000 entries; older backups are not read"
        ),
        (.notObserved(since: midnight, limit: .seconds(900)), "not checked for 8h 0m (limit 15m)"),
        (.notObserved(since: nil, limit: .seconds(900)), "not checked yet"),
        (.tooFew(type: .dump, count: 0, limit: 1), "no completed dump exists; policy production requires one"),
        (.tooFew(type: nil, count: 1, limit: 7), "1 restorable point; policy production requires 7"),
        (.tooFew(type: nil, count: 0, limit: 7), "0 restorable points; policy production requires 7"),
        (
            .tooShort(oldest: midnight, limit: .seconds(30 * 86_400)),
            "oldest restorable point: 8h 0m ago (2027-01-15 00:00 UTC); policy production requires 30d"
        ),
        (
            .tooShort(oldest: nil, limit: .seconds(30 * 86_400)),
            "no restorable point exists; policy production requires 30d"
        ),
        (
            .tooShallow(type: nil, retention: .seconds(86_400), gap: .seconds(90_000), hole: .seconds(3600)),
            "backups are kept for 1d and are due every 1d 1h: no restorable point for up to 1h before each slot"
        ),
        (
            .restoreOverdue(last: midnight, since: .distantPast, limit: .seconds(3600)),
            "last completed restore: 8h 0m ago (2027-01-15 00:00 UTC); limit 1h (policy production)"
        ),
        (
            .restoreOverdue(last: nil, since: midnight, limit: .seconds(3600)),
            "no completed restore since watching began 8h 0m ago (2027-01-15 00:00 UTC); limit 1h (policy production)"
        ),
        (
            .restoresUnreadable(limit: .seconds(90 * 86_400)),
            "the restores cannot be read; policy production requires one every 90d"
        ),
        (
            .removedEarly(
                type: .dump,
                Removals.Removal(
                    at: midnight, removed: 29, left: 1, early: .seconds(90_000) ... .seconds(2_592_000),
                    retention: .seconds(2_592_000))),
            "29 of 30 completed dumps left Northflank's list 1d 1h to 30d 0h before their retention (30d) ended; 1 is left"
        ),
        (
            .notSinceUpgrade(from: "16.4", to: "17.0", at: midnight),
            "no completed backup since the upgrade from 16.4 to 17.0 (2027-01-15 00:00 UTC)"
        ),
        (.gone(since: midnight), "not in Northflank's lists since 2027-01-15 00:00 UTC"),
        (.paused, "paused at Northflank: no backups are taken"),
    ]

    @Test("one text for each finding", arguments: cases)
    func texts(finding: Finding, text: String) {
        #expect(finding.text(FindingContext(now: Self.now, policy: "production")) == text)
    }

    @Test("what is known of the addon completes the text")
    func contexts() {
        var context = FindingContext(now: Self.now)
        context.lastCompleted = .init(type: .dump, end: Self.midnight, size: 118_000_000_000)
        context.entries = 36
        context.pausedSince = Self.midnight
        context.lastExpiry = time("2027-01-20T00:00:00Z")
        context.trouble = Trouble(
            reason: "unavailable", status: 503, message: "Northflank answers HTTP 503",
            since: time("2027-01-15T02:10:00Z"))
        func text(_ finding: Finding) -> String { finding.text(context) }
        #expect(
            text(.gone(since: Self.midnight))
                == "not in Northflank's lists since 2027-01-15 00:00 UTC; last completed dump 2027-01-15 00:00 UTC, 118 GB"
        )
        let one = Unreadable(entries: 1, field: "createdAt", found: "null, not a time")
        #expect(
            text(.unreadable(one))
                == "1 of 37 list entries is unreadable (createdAt is null, not a time); the others are judged")
        #expect(
            text(.paused)
                == "paused at Northflank for 8h 0m (since 2027-01-15 00:00 UTC): no backups are taken; the last one expires "
                + "2027-01-20 00:00 UTC")
        let old = Finding.notObserved(since: Self.midnight, limit: .seconds(18_000))
        #expect(text(old) == "not checked for 8h 0m (limit 5h): Northflank answers HTTP 503 since 02:10 UTC")
        context.trouble?.since = time("2027-01-13T02:10:00Z")
        #expect(text(old) == "not checked for 8h 0m (limit 5h): Northflank answers HTTP 503 since 2027-01-13 02:10 UTC")
        context.trouble = Trouble(
            reason: "first_checks", message: "first checks: 1 of 2 databases done", since: Self.midnight)
        #expect(
            text(.notObserved(since: nil, limit: .zero)) == "not checked yet; first checks: 1 of 2 databases done")
        context.hasSchedules = false
        #expect(text(.noObjective) == "no backup schedule and no max_age; a missing backup would not be noticed")
        context.hasSchedules = true
        #expect(
            text(.noObjective)
                == "every slot of the backup schedules is in a maintenance window, and there is no max_age; "
                + "a missing backup would not be noticed")
    }

    @Test(
        "sizes have a unit and three digits at most",
        arguments: [
            (0, "0 bytes"), (1, "1 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (1449, "1.4 kB"), (1450, "1.5 kB"),
            (99_949, "100 kB"), (99_400, "99 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (2_500_000_000, "2.5 GB"),
            (4_000_000_000_000, "4.0 TB"),
        ] as [(Int64, String)])
    func sizes(size: Int64, text: String) {
        let finding = Finding.oddSize(type: .dump, at: Self.midnight, size: size, band: Self.band)
        #expect(finding.text(FindingContext(now: Self.now)).contains(" UTC) has \(text); "))
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
            #expect(!finding.text(FindingContext(now: Self.now)).isEmpty)
            #expect(!finding.text(FindingContext(now: instant)).isEmpty)
        }
    }
}
