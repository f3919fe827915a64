import NorthflankSimulator
import SplitMix64
import Testing

@testable import NorthflankSimulator

@Suite struct FleetModelTests {
    private func addon(_ id: String, in projects: [SimulatedProject]) throws -> SimulatedAddon {
        try #require(projects.flatMap(\.addons).first { $0.id == id })
    }

    private func truth(
        _ options: SimulatorOptions = SimulatorOptions(), anchor: Double = noon, now: Double = noon
    ) -> [SimulatedProject] {
        FleetModel(options: options, anchor: anchor).everything(now: now)
    }

    @Test func hashIsTheSameEverywhere() {
        var hash = SplitMix64(1, 2, 3)
        #expect(hash.next() == 1_321_962_074_176_129_191)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_611_141_593_175, "2021-01-20T11:19:53.175Z"),
        (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (4_102_444_800_000, "2100-01-01T00:00:00.000Z"),
    ])
    func timestamps(milliseconds: Int64, text: String) {
        #expect(Timestamp.text(milliseconds: milliseconds) == text)
    }

    @Test func sameInputsSameFleet() {
        #expect(truth() == truth())
        #expect(truth() != truth(SimulatorOptions(seed: 2)))
        #expect(truth() != truth(now: noon + 3600))
    }

    @Test func everyPersonalityInTheDemo() {
        let addons = truth().flatMap(\.addons)
        #expect(
            addons.map(\.personality) == [
                "hourly", "paused", "sizeless", "weekly", "failing", "growing", "slow", "flaky",
                "healthy", "stuck", "imports-only", "never-backed-up",
            ])
        #expect(Set(addons.map(\.type)).count == 6)
        #expect(addons.filter { $0.status == "paused" }.map(\.id) == ["catalog-db"])
        let completed = addons.filter { $0.backups.allSatisfy { $0.status == "completed" } }
        #expect(completed.count == 9)
    }

    /// A larger fleet starts with the addons of a smaller one.
    @Test func fleetsGrowAtTheEnd() {
        let small = truth(SimulatorOptions(addons: 12))
        let large = truth(SimulatorOptions(addons: 65))
        #expect(Array(large.prefix(4)) == small)
        #expect(large.map(\.addons.count) == [3, 3, 3, 3, 50, 3])
        #expect(large[4].id == "project-0005")
        #expect(large[4].addons[0].id == "addon-00013")
        #expect(truth(SimulatorOptions(addons: 4)).map(\.addons.count) == [3, 1])
        #expect(truth(SimulatorOptions(addons: 0)) == [])
    }

    /// One backup of the seed 1, to detect any change of the generator.
    @Test func goldenBackup() throws {
        let backup = try addon("ledger-db", in: truth()).backups[0]
        #expect(
            backup
                == SimulatedBackup(
                    id: "daily-dump-20253", name: "Daily dump 20253",
                    uid: "e39fad4d-d27a-53dd-3d7a-abfd6bc7ec2b", status: "completed",
                    createdAt: "2025-06-14T15:45:08.389Z", completedAt: "2025-06-14T16:01:32.358Z",
                    source: "sameAddon", size: "4181110881", addonVersion: "16.4",
                    compressionType: "zstd"))
    }

    @Test func schedulesAgreeWithBackups() throws {
        let orders = try addon("orders-db", in: truth())
        #expect(orders.schedules.map(\.interval) == ["daily", "hourly"])
        let dump = orders.schedules[0]
        let minute = String(dump.minute[0])
        let expected =
            "T\(dump.hour[0] < 10 ? "0" : "")\(dump.hour[0]):\(minute.count < 2 ? "0" : "")\(minute):"
        let dumps = orders.backups.filter { $0.id.hasPrefix("daily-dump") }
        #expect(dumps.count == 30)
        for backup in dumps {
            guard case .string(let created) = backup.createdAt else {
                Issue.record("createdAt is no string")
                continue
            }
            #expect(created.contains(expected))
        }
    }

    /// From not listed to scheduled, in progress, completed and no longer listed.
    @Test func lifeOfABackup() throws {
        let model = FleetModel(options: SimulatorOptions(), anchor: noon)
        let run = try #require(
            model.retained(at: AddonAddress(project: 2, addon: 2), now: noon).first)
        let id = "daily-dump-\(run.slot)"
        func status(at milliseconds: Int64) -> String? {
            let now = Double(milliseconds) / 1000
            return model.everything(now: now)[2].addons[2].backups.first { $0.id == id }?.status
        }
        #expect(status(at: run.created - 1) == nil)
        #expect(status(at: run.created) == "scheduled")
        #expect(status(at: run.started) == "in-progress")
        #expect(status(at: run.ended - 1) == "in-progress")
        #expect(status(at: run.ended) == "completed")
        #expect(status(at: run.created + 30 * 86_400_000 - 1) == "completed")
        #expect(status(at: run.created + 30 * 86_400_000) == nil)
        #expect(model.everything(now: Double(run.started) / 1000)[2].addons[2].status == "backup")
        #expect(model.everything(now: Double(run.ended) / 1000)[2].addons[2].status == "running")
    }

    @Test func troublesBeginAtTheAnchor() throws {
        let truth = truth()
        let failing = try addon("invoices-db", in: truth).backups.map(\.status)
        #expect(failing == Array(repeating: "failed", count: 3) + Array(repeating: "completed", count: 27))
        let stuck = try addon("preview-db", in: truth)
        #expect(stuck.backups.map(\.status) == ["in-progress"] + Array(repeating: "completed", count: 27))
        #expect(stuck.status == "backup")
        #expect(try addon("users-copy", in: truth).backups.allSatisfy { $0.source == "externalDump" })
        #expect(try addon("sandbox-db", in: truth).backups == [])
        #expect(try addon("sandbox-db", in: truth).schedules.count == 1)
        let sizes = try addon("documents", in: truth).backups.map { backup -> Double in
            guard case .string(let text) = backup.size else { return 0 }
            return Double(text) ?? 0
        }
        #expect(sizes[0] > sizes[29] * 8)
    }

    /// A stuck run is aborted in the end, and a later run completes.
    @Test func stuckRunEnds() throws {
        let days = try (0..<9).map { day in
            try addon("preview-db", in: truth(now: noon + Double(day) * 86_400))
        }
        let backup = ["in-progress", "in-progress", "in-progress", "in-progress", "aborting"]
        #expect(
            days.map { $0.backups[0].status }
                == backup + ["completed", "in-progress", "in-progress", "in-progress"])
        #expect(
            days.map(\.status)
                == backup.map { _ in "backup" } + ["running", "backup", "backup", "backup"])
    }

    /// With 8640 a daily backup happens every ten seconds, at real instants.
    @Test func timeScale() throws {
        let options = SimulatorOptions(timeScale: 8640)
        let before = try addon("jobs-queue", in: truth(options)).backups
        let after = try addon("jobs-queue", in: truth(options, now: noon + 10)).backups
        #expect(before.count == 30)
        #expect(after.count == 30)
        #expect(Array(after.dropFirst()) == Array(before.dropLast()))
        let all = truth(options).flatMap(\.addons).flatMap(\.backups)
        let now = JSONValue.string(Timestamp.text(seconds: noon))
        for backup in all {
            #expect(text(backup.createdAt) <= text(now))
            #expect(text(backup.completedAt) <= text(now))
        }
        #expect(truth(SimulatorOptions(timeScale: .nan)) == truth())
    }

    private func text(_ value: JSONValue?) -> String {
        if case .string(let text) = value { text } else { "" }
    }

    @Test func shuffled() throws {
        let steady = try addon("orders-db", in: truth()).backups
        let shuffled = try addon("orders-db", in: truth(SimulatorOptions(shuffled: true))).backups
        #expect(shuffled != steady)
        #expect(shuffled.sorted { $0.id < $1.id } == steady.sorted { $0.id < $1.id })
        #expect(try addon("orders-db", in: truth(SimulatorOptions(shuffled: true))).backups == shuffled)
    }

    @Test func forcedNumberOfBackups() async throws {
        let options = SimulatorOptions(addons: 20, backupsPerAddon: 100)
        for addon in truth(options).flatMap(\.addons) {
            #expect(addon.backups.count == 100)
            #expect(addon.backups.allSatisfy { $0.status == "completed" })
            #expect(Set(addon.backups.map(\.id)).count == 100)
        }
        let clock = HandClock()
        let simulator = Simulator(options: options, now: clock.now)
        let target = "/v1/projects/project-0005/addons/addon-00013/backups?per_page=100"
        let first = await simulator.get(target)
        #expect((320...345).contains(first.body.count / 100))
        // From the cache, and after an hour not from the cache.
        #expect(await simulator.get(target).body == first.body)
        clock.advance(by: 3600)
        let later = try #require(await simulator.get(target).page)
        #expect(try Array(later.ids.dropFirst()) == Array(#require(first.page).ids.dropLast()))
        let empty = truth(SimulatorOptions(backupsPerAddon: 0)).flatMap(\.addons)
        #expect(empty.map(\.backups.count) == Array(repeating: 0, count: 12))
    }
}
