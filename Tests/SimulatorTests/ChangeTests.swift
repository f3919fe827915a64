import NorthflankSimulator
import Testing

@testable import NorthflankSimulator

/// Personalities that change while the simulator runs.
@Suite struct ChangeTests {
    private let name = "analytics/jobs-queue"
    private let clock = HandClock()
    private let simulator: Simulator

    init() {
        simulator = Simulator(now: clock.now)
    }

    private func become(_ personality: String) async -> Int {
        await simulator.control("PUT", "personalities", #"{"\#(name)":"\#(personality)"}"#).status
    }

    private func backups() async throws -> [SimulatedBackup] {
        try await simulator.addon(name).backups
    }

    private func passDays(_ days: Int) {
        clock.advance(by: Double(days) * 86_400)
    }

    @Test func failsAndHeals() async throws {
        let before = try await backups()
        #expect(await become("failing") == 204)
        #expect(try await backups() == before)
        #expect(try await simulator.addon(name).personality == "failing")
        passDays(3)
        #expect(try await Array(backups().dropFirst(3)) == Array(before.dropLast(3)))
        #expect(await become("healthy") == 204)
        passDays(2)
        let after = try await backups().prefix(6)
        #expect(
            Array(after).statuses == ["completed", "completed", "failed", "failed", "failed", "completed"])
    }

    @Test func missesAndGoesOn() async throws {
        let healthy = Simulator(now: clock.now)
        #expect(await become("missed") == 204)
        passDays(2)
        #expect(await become("healthy") == 204)
        passDays(1)
        let all = try await healthy.addon(name).backups
        #expect(try await backups() == [all[0]] + all.dropFirst(3))
        #expect(try await simulator.addon(name).schedules == healthy.addon(name).schedules)
    }

    @Test func shrinksFromNowOn() async throws {
        let healthy = Simulator(now: clock.now)
        #expect(await become("shrunk") == 204)
        passDays(1)
        func size(_ backup: SimulatedBackup) throws -> Int {
            guard case .string(let text) = backup.size else { return -1 }
            return try #require(Int(text))
        }
        let sizes = try await backups().prefix(2).map { try size($0) }
        let usual = try await healthy.addon(name).backups.prefix(2).map { try size($0) }
        #expect(sizes == [usual[0] / 20, usual[1]])
    }

    /// A new personality aborts a hung run, at the instant of the change.
    @Test func hangsAndHeals() async throws {
        let before = try await backups()
        #expect(await become("hung") == 204)
        passDays(5)
        let hanging = try await backups()
        #expect(hanging[0].status == "in-progress")
        #expect(Array(hanging.dropFirst()) == Array(before.prefix(hanging.count - 1)))
        #expect(hanging.count == 26)
        #expect(try await simulator.addon(name).status == "backup")
        #expect(await become("healthy") == 204)
        let healed = try await backups()
        #expect(healed[0].id == hanging[0].id)
        #expect(healed[0].createdAt == hanging[0].createdAt)
        #expect(healed[0].status == "aborted")
        #expect(try milliseconds(healed[0].completedAt) == Int64(clock.now() * 1000))
        #expect(Array(healed.dropFirst()) == Array(hanging.dropFirst()))
        #expect(try await simulator.addon(name).status == "running")
        passDays(1)
        #expect(try await backups().statuses.prefix(2) == ["completed", "aborted"])
    }

    /// An addon without schedules gets schedules, and loses them again.
    @Test func schedulesChange() async throws {
        let before = try await backups()
        #expect(await become("half-hourly") == 204)
        #expect(try await simulator.addon(name).schedules.map(\.id) == ["daily-dump", "hourly-snapshot"])
        #expect(try await backups() == before)
        passDays(1)
        #expect(try await backups().count { $0.source == "snapshot" } == 48)
        #expect(await become("unscheduled") == 204)
        #expect(try await simulator.addon(name).schedules == [])
        let during = try await backups()
        passDays(1)
        #expect(try await backups() == Array(during.dropLast()))
    }

    /// Any personality after any other, while a backup runs: ended backups stay unchanged.
    @Test(arguments: Personality.allCases)
    func nothingThatEndedChanges(first: Personality) throws {
        let options = SimulatorOptions(timeScale: 100, personalities: [name: first])
        let address = AddonAddress(project: 2, addon: 2)
        let now = noon + 4321
        for second in Personality.allCases {
            var model = FleetModel(options: options, anchor: noon)
            let before = model.backups(at: address, now: now, range: 0..<1000).elements
            _ = try model.change(.personalities([name: second]), now: now)
            let after = model.backups(at: address, now: now, range: 0..<1000).elements
            #expect(after.map(\.id) == before.map(\.id))
            #expect(after.map(\.createdAt) == before.map(\.createdAt))
            for (before, after) in zip(before, after) where before != after {
                #expect([.hung, .stuck].contains(first))
                #expect(["in-progress", "aborting"].contains(before.status))
                #expect(after.status == "aborted")
            }
            #expect(model.addon(at: address, now: now).personality == second.rawValue)
        }
    }

    /// A run that is created in the millisecond of the change is listed already, so it stays.
    @Test(arguments: ["missed", "failing"])
    func changeAsARunIsCreated(personality: String) async throws {
        let healthy = Simulator(now: clock.now)
        passDays(1)
        let next = try await healthy.addon(name).backups[0]
        clock.advance(by: Double(try milliseconds(next.createdAt)) / 1000 + 0.0005 - clock.now())
        let before = try await backups()
        #expect(before[0].id == next.id)
        #expect(before[0].status == "scheduled")
        #expect(await become(personality) == 204)
        #expect(try await backups() == before)
        passDays(1)
        #expect(try await backups().filter { $0.id == next.id } == [next])
    }

    /// Setting the current personality again has no effect.
    @Test func samePersonalityAgain() async throws {
        #expect(await become("hung") == 204)
        passDays(2)
        let hanging = try await backups()
        #expect(await become("hung") == 204)
        #expect(try await backups() == hanging)
    }

    /// Two changes at one instant: the last one counts.
    @Test func changesOfOneInstant() async throws {
        let healthy = Simulator(now: clock.now)
        #expect(await become("failing") == 204)
        #expect(await become("hung") == 204)
        #expect(await become("healthy") == 204)
        passDays(3)
        #expect(try await backups() == healthy.addon(name).backups)
    }

    @Test(arguments: [
        (#"{"shop/none":"failing"}"#, 404, "unknown addon shop/none"),
        (#"{"none/orders-db":"failing"}"#, 404, "unknown addon none/orders-db"),
        (#"{"orders-db":"failing"}"#, 404, "unknown addon orders-db"),
        (
            #"{"analytics/jobs-queue":"sad"}"#, 400,
            "unknown personality sad of analytics/jobs-queue"
        ),
    ])
    func refused(body: String, status: Int, message: String) async throws {
        // The valid part of an invalid request has no effect either.
        let whole = #"{"shop/orders-db":"failing","# + body.dropFirst()
        for body in [body, whole] {
            let answer = await simulator.control("PUT", "personalities", body)
            #expect(answer.status == status)
            #expect(answer.text.contains("\"message\":\"\(message)\""))
        }
        #expect(try await simulator.addon("shop/orders-db").personality == "hourly")
    }

    @Test(arguments: ["", "[]", "{", #"{"shop/orders-db":1}"#])
    func badJSON(body: String) async {
        #expect(await simulator.control("PUT", "personalities", body).status == 400)
    }

    @Test func fleetsWithoutPersonalities() async throws {
        let fixed = Simulator(fleet: oddFleet, now: atNoon)
        await #expect(throws: FleetRefusal.fixedFleet) {
            try await fixed.setPersonalities(["shop/db": .failing])
        }
        let counted = Simulator(options: SimulatorOptions(backupsPerAddon: 3), now: atNoon)
        let answer = await counted.control("PUT", "personalities", #"{"shop/orders-db":"hung"}"#)
        #expect(answer.status == 400)
    }
}
