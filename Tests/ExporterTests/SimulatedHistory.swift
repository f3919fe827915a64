import Backups
import Northflank
import NorthflankSimulator
import Reports
import Settings
import TestSupport

@testable import Exporter

/// A simulated addon of the project `shop`, as it is at 08:00 of 2027-01-15.
extension SimulatedAddon {
    /// - Parameter isScheduled: whether it has a dump each midnight, kept for 30 days.
    static func addon(
        _ id: String, _ backups: [Backup], isScheduled: Bool = true, status: String = "running",
        restores: [SimulatedRestore] = []
    ) -> SimulatedAddon {
        SimulatedAddon(
            id: id, status: status, schedules: isScheduled ? [SimulatedSchedule(id: "daily")] : [],
            backups: backups.map(SimulatedBackup.init), restores: restores)
    }
}

extension SimulatedBackup {
    init(_ backup: Backup) {
        self.init(
            id: backup.identity.text, status: backup.status.word, createdAt: .string(backup.createdAt.text),
            completedAt: backup.completedAt.map { .string($0.text) }, size: backup.size.map { .string("\($0)") })
    }
}

/// A simulator of one project with these addons, at 08:00 of 2027-01-15 or by another clock.
func shop(
    _ addons: [SimulatedAddon], now: @escaping @Sendable () -> Double = SimulatedExporter.clock
) -> Simulator {
    Simulator(fleet: [.shop(addons)], now: now)
}

extension SimulatedExporter {
    /// Runs one exporter from start to end: polls every addon once, and lets go of the history.
    static func collectOnce(
        _ addons: [SimulatedAddon], state: String?, time: any TimeSource = StillTime(),
        change: (inout AccountConfiguration) -> Void = { _ in }
    ) async throws -> Samples {
        try await withSimulator(shop(addons, now: { time.wall.seconds })) { _, url in
            let exporter = try SimulatedExporter(url, state: state, time: time, change: change)
            let samples = await exporter.collect().samples
            await exporter.exporter.shutDown()
            return samples
        }
    }

    /// Runs an exporter that nobody has polled with yet, an hour later, and looks at what it shows once its lists are
    /// being read.
    static func afterRestart(
        _ addons: [SimulatedAddon], state: String, change: (inout AccountConfiguration) -> Void = { _ in },
        body: @Sendable (BackupExporter, Samples) async -> Void
    ) async throws {
        let time = ManualTime(wall: Timestamp(seconds: now + 3600))
        try await withSimulator(shop(addons)) { _, url in
            let exporter = try SimulatedExporter(url, state: state, time: time, change: change)
            try await exporter.run {
                // One waits to prune the history, the other for something to do.
                await time.waitForSleepers(2)
                await body(exporter.exporter, exporter.samples)
            }
        }
    }
}
