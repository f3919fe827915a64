import Testing

@testable import Backups

/// Addons whose backups begin in one zone, seen by an account in which another zone is in force.
@Suite struct ZoneEvidenceTests {
    static let candidates: [Zone] = [
        .utc, .berlin, .newYork, .kolkata, .fake("Etc/GMT-2", 2), .fake("Etc/GMT-1", 1), .fake("Etc/GMT+1", -1),
    ]

    /// The attempts of an addon, newest first, that begin some seconds after the slots that its schedules have in a zone.
    ///
    /// - Parameter delays: in seconds, by turns.
    static func attempts(
        _ schedules: [BackupSchedule], in zone: Zone, days: Int, until end: String, delays: [Double] = [5]
    ) -> [Attempt] {
        let slots = schedules.calendar(of: .dump, zone: zone)
            .slots(after: time(end) - .seconds(days * 86_400), through: time(end))
        return slots.enumerated().map { index, slot in
            let created = slot.adding(milliseconds: Int64(delays[index % delays.count] * 1000))
            return Attempt(backup(index.isMultiple(of: 3) ? .failed : .completed, created.milliseconds))
        }.reversed()
    }

    static func evidence(
        _ schedules: [BackupSchedule], in zone: Zone, days: Int, until end: String, delays: [Double] = [5],
        inForce: Zone = .utc
    ) -> ZoneEvidence {
        ZoneEvidence(
            schedules, attempts(schedules, in: zone, days: days, until: end, delays: delays), zone: inForce,
            observedAt: time(end))
    }

    /// The name of the zone that fits, how many addons say so, and how many minutes earlier backups begin.
    private static func fit(_ evidence: [ZoneEvidence], inForce: Zone = .utc) -> String {
        guard let fit = ZoneFit(evidence, among: candidates, inForce: inForce) else { return "none" }
        return "\(fit.zone.identifier) \(fit.addons) \(fit.earlier.components.seconds / 60)"
    }

    private static let nightly = BackupSchedule.daily(hours: [2], minutes: [30])
    private static let noons = BackupSchedule.daily(hours: [11, 23])

    @Test(
        "the zone that the backups of three addons fit",
        arguments: [
            ("winter", Zone.berlin, Zone.utc, "2024-02-10T12:00:00Z", "Europe/Berlin 3 60"),
            ("summer", .berlin, .utc, "2024-07-10T12:00:00Z", "Europe/Berlin 3 120"),
            ("spring", .berlin, .utc, "2024-04-04T12:00:00Z", "Europe/Berlin 3 120"),
            ("autumn", .berlin, .utc, "2024-11-01T12:00:00Z", "Europe/Berlin 3 60"),
            ("half an hour", .kolkata, .utc, "2024-02-10T12:00:00Z", "Asia/Kolkata 3 330"),
            ("west", .newYork, .utc, "2024-02-10T12:00:00Z", "America/New_York 3 -300"),
            ("the zone in force is wrong, not UTC", .utc, .berlin, "2024-02-10T12:00:00Z", "UTC 3 -60"),
            ("from one zone to another", .newYork, .berlin, "2024-07-10T12:00:00Z", "America/New_York 3 -360"),
            ("punctual", .utc, .utc, "2024-02-10T12:00:00Z", "none"),
            ("punctual in another zone", .berlin, .berlin, "2024-04-04T12:00:00Z", "none"),
            ("in no zone", .fake("x", 3.25), .utc, "2024-02-10T12:00:00Z", "none"),
        ])
    func zones(name: String, zone: Zone, inForce: Zone, end: String, expected: String) {
        let all = [Self.nightly, Self.noons, .daily(hours: [2, 14], minutes: [15])].map { schedule in
            Self.evidence([schedule], in: zone, days: 6, until: end, inForce: inForce)
        }
        #expect(Self.fit(all, inForce: inForce) == expected, "\(name)")
    }

    @Test(
        "three addons with two slots each, or one addon with five, are enough, and nothing less is",
        arguments: [
            ([2, 2, 2], "Europe/Berlin 3 60"), ([2, 2], "none"), ([2, 2, 1], "none"), ([4], "none"), ([4, 4], "none"),
            ([5], "Europe/Berlin 1 60"), ([5, 1, 2], "Europe/Berlin 2 60"), ([], "none"), ([0, 0, 0], "none"),
        ] as [([Int], String)])
    func limits(slots: [Int], expected: String) {
        // The slots of 9 February and of the days before are old enough to be judged in every zone.
        let all = slots.map { count in
            Self.evidence([Self.nightly], in: .berlin, days: count, until: "2024-02-10T00:00:00Z")
        }
        #expect(Self.fit(all) == expected)
    }

    @Test(
        "an attempt may begin a minute before its slot and five minutes after it",
        arguments: [
            (-61, false), (-60, true), (0, true), (300, true), (300.001, false), (900, false), (1800, false),
            (599, false),
        ] as [(Double, Bool)])
    func delays(delay: Double, isFound: Bool) {
        let all = [Self.evidence([Self.nightly], in: .berlin, days: 8, until: "2024-02-10T12:00:00Z", delays: [delay])]
        #expect(Self.fit(all) == (isFound ? "Europe/Berlin 1 60" : "none"))
        // A queue that delays the backups of a punctual zone makes no other zone of it.
        let queue = [Self.evidence([Self.nightly], in: .utc, days: 8, until: "2024-02-10T12:00:00Z", delays: [delay])]
        #expect(Self.fit(queue) == "none")
    }

    @Test("delays that are not constant are no zone")
    func variable() {
        let delays: [Double] = [-3600, 7200, 0, 10_800, -7200, 3600]
        let all = (0..<4).map { _ in
            Self.evidence([Self.nightly], in: .utc, days: 12, until: "2024-02-10T12:00:00Z", delays: delays)
        }
        #expect(Self.fit(all) == "none")
    }

    @Test("R82: as many punctual addons keep the zone in force")
    func against() {
        func all(punctual: Int) -> [ZoneEvidence] {
            (0..<4).map { _ in Self.evidence([Self.nightly], in: .berlin, days: 6, until: "2024-02-10T12:00:00Z") }
                + (0..<punctual).map { _ in
                    Self.evidence([Self.nightly], in: .utc, days: 6, until: "2024-02-10T12:00:00Z")
                }
        }
        #expect(Self.fit(all(punctual: 3)) == "Europe/Berlin 4 60")
        #expect(Self.fit(all(punctual: 4)) == "none")
    }

    @Test("an addon whose backups have stopped says what it said before, and a missed slot is no evidence")
    func missed() {
        let late = Self.attempts([Self.nightly], in: .berlin, days: 30, until: "2024-02-10T12:00:00Z")
        let stopped = ZoneEvidence([Self.nightly], late, zone: .utc, observedAt: time("2024-03-20T12:00:00Z"))
        #expect(Self.fit([stopped]) == "Europe/Berlin 1 60")
        var punctual = Self.attempts([Self.nightly], in: .utc, days: 30, until: "2024-02-10T12:00:00Z")
        punctual.remove(at: 1)
        let all = (0..<5).map { _ in
            ZoneEvidence([Self.nightly], punctual, zone: .utc, observedAt: time("2024-02-10T12:00:00Z"))
        }
        #expect(Self.fit(all) == "none")
    }

    @Test("R81: weekly schedules count as well, from two slots on")
    func weekly() {
        let schedule = BackupSchedule.weekly(days: [0, 3], hours: [4])
        let all = (0..<3).map { _ in Self.evidence([schedule], in: .berlin, days: 9, until: "2024-02-10T12:00:00Z") }
        #expect(Self.fit(all) == "Europe/Berlin 3 60")
        #expect(Self.fit(Array(all.prefix(2))) == "none")
        let long = Self.evidence([.weekly(hours: [4])], in: .berlin, days: 60, until: "2024-02-10T12:00:00Z")
        #expect(Self.fit([long]) == "Europe/Berlin 1 60")
    }

    @Test("R80: an hourly schedule says nothing, unless it has a list of hours")
    func hourly() {
        #expect(Self.evidence([.hourly(0)], in: .kolkata, days: 9, until: "2024-02-10T12:00:00Z") == .none)
        let rule = BackupSchedule.Rule(interval: .hourly, minutes: [0], hours: [3, 9])
        let schedule = BackupSchedule(id: "h", type: .dump, rule: rule, effectiveFrom: time("2024-01-01T00:00:00Z"))
        #expect(
            Self.fit([Self.evidence([schedule], in: .berlin, days: 9, until: "2024-02-10T12:00:00Z")])
                == "Europe/Berlin 1 60")
        // Backups of every hour fill the slot of a daily one in any zone.
        let both = [BackupSchedule.hourly(30), Self.nightly]
        #expect(Self.evidence(both, in: .berlin, days: 9, until: "2024-02-10T12:00:00Z") == .punctual)
    }

    @Test("slots before the schedule's creation do not count, nor ones that some zone has not reached yet")
    func range() {
        let new = BackupSchedule.daily(hours: [2], from: "2024-02-05T00:00:00Z")
        let attempts = Self.attempts([.daily(hours: [2])], in: .berlin, days: 30, until: "2024-02-10T12:00:00Z")
        func slots(_ observedAt: String) -> [String] {
            guard case .slots(let slots) = ZoneEvidence([new], attempts, zone: .utc, observedAt: time(observedAt))
            else { return [] }
            return slots.map { Timestamp(milliseconds: $0.local).text }
        }
        let old = ["2024-02-08T02:00:00Z", "2024-02-07T02:00:00Z", "2024-02-06T02:00:00Z"]
        #expect(slots("2024-02-09T16:04:59Z") == old)
        #expect(slots("2024-02-09T16:05:00Z") == ["2024-02-09T02:00:00Z"] + old)
    }

    @Test("neither imports nor the other type's attempts fill a slot; attempts without a type do")
    func types() {
        let dumps = Self.attempts([Self.nightly], in: .berlin, days: 9, until: "2024-02-10T12:00:00Z")
        for (type, isFound) in [
            (BackupType.dump, true), (.unknown, true), (.snapshot, false), (.imported, false),
        ] {
            let attempts = dumps.map { attempt in
                var attempt = attempt
                attempt.type = type
                return attempt
            }
            let evidence = ZoneEvidence(
                [Self.nightly], attempts, zone: .utc, observedAt: time("2024-02-10T12:00:00Z"))
            #expect(Self.fit([evidence]) == (isFound ? "Europe/Berlin 1 60" : "none"), "\(type)")
        }
    }

    @Test("a fit says since when it holds")
    func since() {
        let evidence = Self.evidence([Self.nightly], in: .berlin, days: 6, until: "2024-02-10T12:00:00Z")
        let fit = ZoneFit([evidence], among: Self.candidates, inForce: .utc)
        #expect(fit?.since == time("2024-02-05T01:30:00Z"))
        #expect(ZoneFit([evidence], among: [.utc], inForce: .utc) == nil)
    }
}
