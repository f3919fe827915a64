import NorthflankSimulator
import Testing

/// Addons whose trouble has affected three runs at the start of the simulator.
@Suite struct PersonalityTests {
    private static let name = "analytics/jobs-queue"

    private func addon(_ personality: Personality, days: Double = 0) async throws -> SimulatedAddon {
        let clock = HandClock()
        let options = SimulatorOptions(personalities: [Self.name: personality])
        let simulator = Simulator(options: options, now: clock.now)
        clock.advance(by: days * 86_400)
        return try await simulator.addon(Self.name)
    }

    @Test func missed() async throws {
        let healthy = try await addon(.healthy)
        let missed = try await addon(.missed)
        #expect(missed.personality == "missed")
        #expect(missed.schedules == healthy.schedules)
        #expect(missed.backups == Array(healthy.backups.dropFirst(3)))
        #expect(missed.backups.count == 27)
        #expect(try await addon(.missed, days: 26).backups.count == 1)
        #expect(try await addon(.missed, days: 27).backups == [])
    }

    @Test func shrunk() async throws {
        let healthy = try await addon(.healthy).backups
        let shrunk = try await addon(.shrunk).backups
        #expect(shrunk.statuses == Array(repeating: "completed", count: 30))
        for (index, (shrunk, healthy)) in zip(shrunk, healthy).enumerated() {
            let (new, old) = (try size(shrunk), try size(healthy))
            #expect(new == (index < 3 ? old / 20 : old))
        }
    }

    @Test func emptied() async throws {
        let sizes = try await addon(.emptied).backups.map { try size($0) }
        #expect(sizes.prefix(3) == [0, 0, 0])
        #expect(sizes.dropFirst(3).allSatisfy { $0 > 10_000_000 })
    }

    private func size(_ backup: SimulatedBackup) throws -> Int {
        guard case .string(let text) = backup.size else { return -1 }
        return try #require(Int(text))
    }

    /// A hung run stays forever, and no run follows it.
    @Test func hung() async throws {
        let healthy = try await addon(.healthy).backups
        let hung = try await addon(.hung)
        #expect(hung.status == "backup")
        #expect(hung.backups.statuses == ["in-progress"] + Array(repeating: "completed", count: 27))
        #expect(hung.backups[0].id == healthy[2].id)
        #expect(hung.backups[0].createdAt == healthy[2].createdAt)
        #expect(Array(hung.backups.dropFirst()) == Array(healthy.dropFirst(3)))
        let later = try await addon(.hung, days: 1000)
        #expect(later.backups == [hung.backups[0]])
        #expect(later.status == "backup")
    }

    @Test func paused() async throws {
        let paused = try await addon(.paused)
        #expect(paused.status == "paused")
        #expect(try await paused.backups == addon(.healthy).backups)
    }

    /// A personality without schedules of its own adds a daily dump to an addon without schedules.
    @Test(arguments: ["staging/users-copy", "staging/sandbox-db"])
    func personalityBringsASchedule(name: String) async throws {
        let options = SimulatorOptions(personalities: [name: .failing])
        let addon = try await Simulator(options: options, now: atNoon).addon(name)
        #expect(addon.schedules.map(\.id) == ["daily-dump"])
        #expect(
            addon.backups.statuses
                == Array(repeating: "failed", count: 3) + Array(repeating: "completed", count: 27))
    }

    @Test func noScheduleAtAll() async throws {
        let addon = try await addon(.unscheduled)
        #expect(addon.schedules == [])
        #expect(addon.backups == [])
    }

    @Test func unknownAddons() {
        let options = SimulatorOptions(personalities: [
            "shop/orders-db": .failing, "shop/none": .failing, "orders-db": .hung, "a/b/c": .hung,
        ])
        #expect(options.unknownAddons == ["a/b/c", "orders-db", "shop/none"])
        #expect(SimulatorOptions().unknownAddons == [])
    }

    /// `restore` in the five minutes of a restore, for an addon that has some.
    @Test func statusWhileRestored() async throws {
        let clock = HandClock()
        let simulator = Simulator(now: clock.now)
        let last = try #require(try await simulator.addon("billing/documents").restores.first)
        let start = Double(try milliseconds(.string(last.restoreTimestamp))) / 1000
        var seen: [String] = []
        for seconds in [-0.01, 0.01, 299.98, 300.01] {
            clock.advance(by: start + seconds - clock.now())
            let addon = try await simulator.addon("billing/documents")
            seen.append("\(addon.status) \(addon.restores.first { $0.id == last.id }?.status ?? "none")")
        }
        #expect(seen == ["running none", "restore in-progress", "restore in-progress", "running completed"])
    }
}
