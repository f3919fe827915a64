import NorthflankSimulator
import Testing

@Suite struct OutcomeTests {
    private func outcomes(_ name: String, _ simulator: Simulator) async throws -> SimulatedOutcomes {
        try #require(await simulator.outcomes().first { "\($0.project)/\($0.addon)" == name })
    }

    @Test func body() async {
        let clock = HandClock()
        let simulator = Simulator(options: SimulatorOptions(addons: 2), now: clock.now)
        clock.advance(by: 86_400)
        #expect(
            await simulator.control("GET", "outcomes").text == """
                {"nowSeconds":1750086400.0,"addons":[\
                {"project":"shop","addon":"orders-db","completed":25,"failed":0,"aborted":0,\
                "not-supported":0},\
                {"project":"shop","addon":"catalog-db","completed":1,"failed":0,"aborted":0,\
                "not-supported":0}]}
                """)
    }

    @Test func personalities() async throws {
        let clock = HandClock()
        let name = "analytics/jobs-queue"
        func tenDays(_ personality: Personality) async throws -> SimulatedOutcomes {
            let simulator = Simulator(
                options: SimulatorOptions(personalities: [name: personality]), now: clock.now)
            clock.advance(by: 10 * 86_400)
            return try await outcomes(name, simulator)
        }
        func expected(
            completed: Int = 0, failed: Int = 0, aborted: Int = 0, notSupported: Int = 0
        ) -> SimulatedOutcomes {
            SimulatedOutcomes(
                project: "analytics", addon: "jobs-queue", completed: completed, failed: failed,
                aborted: aborted, notSupported: notSupported)
        }
        #expect(try await tenDays(.healthy) == expected(completed: 10))
        #expect(try await tenDays(.failing) == expected(failed: 10))
        #expect(try await tenDays(.shrunk) == expected(completed: 10))
        #expect(try await tenDays(.twiceDaily) == expected(completed: 20))
        #expect(try await tenDays(.unsupported) == expected(notSupported: 10))
        // The hung run is aborted; the next completes.
        #expect(try await tenDays(.stuck) == expected(completed: 1, aborted: 1))
        for personality in [Personality.missed, .hung, .neverBackedUp, .unscheduled] {
            #expect(try await tenDays(personality) == expected())
        }
    }

    @Test func byHand() async throws {
        let clock = HandClock()
        let simulator = Simulator(now: clock.now)
        let name = "staging/sandbox-db"
        func add(_ status: ManualBackup.Status, _ seconds: Double) async throws -> String {
            try await simulator.addBackup(
                ManualBackup(status: status, seconds: seconds), project: "staging", addon: "sandbox-db")
        }
        func delete(_ id: String) async throws {
            try await simulator.deleteBackup(id, project: "staging", addon: "sandbox-db")
        }
        // At the instant of the start.
        _ = try await add(.completed, 0)
        _ = try await add(.failed, 60)
        _ = try await add(.aborted, 60)
        _ = try await add(.inProgress, 60)
        let early = try await add(.failed, 60)
        let late = try await add(.failed, 60)
        var expected = SimulatedOutcomes(project: "staging", addon: "sandbox-db", completed: 1)
        #expect(try await outcomes(name, simulator) == expected)
        clock.advance(by: 59)
        try await delete(early)
        clock.advance(by: 1)
        expected.failed = 2
        expected.aborted = 1
        #expect(try await outcomes(name, simulator) == expected)
        // A backup that ended before its deletion counts.
        try await delete(late)
        clock.advance(by: 86_400)
        #expect(try await outcomes(name, simulator) == expected)
    }

    /// The outcomes equal those of an observer that reads often, while personalities change and backups are deleted.
    @Test(arguments: [1.0, 10]) func agreesWithAnObserver(timeScale: Double) async throws {
        let clock = HandClock()
        let simulator = Simulator(options: SimulatorOptions(timeScale: timeScale), now: clock.now)
        var ended: Set<String> = []
        var counts: [String: [String: Int]] = [:]
        let terminal: Set = ["completed", "failed", "aborted", "not-supported"]
        func look(counting: Bool) async {
            for project in await simulator.truth() {
                for addon in project.addons {
                    for backup in addon.backups where terminal.contains(backup.status) {
                        let name = "\(project.id)/\(addon.id)"
                        guard ended.insert("\(name) \(backup.id)").inserted, counting else { continue }
                        counts[name, default: [:]][backup.status, default: 0] += 1
                    }
                }
            }
        }
        await look(counting: false)
        let names = [
            "shop/orders-db", "billing/ledger-db", "billing/documents", "analytics/events-db",
            "analytics/warehouse-db", "staging/preview-db",
        ]
        for step in 0..<160 {
            clock.advance(by: 2400 / timeScale)
            if step % 11 == 10 {
                let index = step / 11
                let all = Personality.allCases
                try await simulator.setPersonalities([
                    names[index % names.count]: all[index * 5 % all.count],
                    names[(index + 3) % names.count]: all[index * 8 % all.count],
                ])
            }
            await look(counting: true)
            if step % 20 == 19 {
                let newest = try #require(try await simulator.addon("shop/orders-db").backups.first)
                try await simulator.deleteBackup(newest.id, project: "shop", addon: "orders-db")
            }
        }
        for outcomes in await simulator.outcomes() {
            let seen = counts["\(outcomes.project)/\(outcomes.addon)"] ?? [:]
            #expect(
                outcomes
                    == SimulatedOutcomes(
                        project: outcomes.project, addon: outcomes.addon,
                        completed: seen["completed"] ?? 0, failed: seen["failed"] ?? 0,
                        aborted: seen["aborted"] ?? 0, notSupported: seen["not-supported"] ?? 0))
        }
    }

    @Test func fixedFleet() async {
        let simulator = Simulator(fleet: oddFleet, now: atNoon)
        #expect(
            await simulator.outcomes() == [
                SimulatedOutcomes(project: "shop", addon: "db"),
                SimulatedOutcomes(project: "shop", addon: "cache"),
            ])
    }
}
