import Backups
import Logging
import Logs
import Northflank
import NorthflankSimulator
import Polling
import Reports
import Settings
import Synchronization
import TestSupport
import Testing

@testable import Exporter

/// Polling that no longer goes on, because what it waits for never comes.
struct StandstillTests {
    /// Time of day that is set by hand; nobody's sleep ever ends.
    private final class SetTime: TimeSource {
        private let now = Mutex(SimulatedExporter.now)
        let uptime = 0.0
        var wall: Timestamp { Timestamp(seconds: now.withLock { $0 }) }
        func pass(_ seconds: Double) { now.withLock { $0 += seconds } }
        func sleep(until uptime: Double) async throws { try await StillTime().sleep(until: uptime) }
    }

    @Test("while polling stands still no addon is ok, in pages and in reports")
    func unknown() async throws {
        try await withSimulator(shop([.addon("orders-db", Backup.daily(1...15))])) { _, url in
            let (time, beats) = (SetTime(), StepTime())
            let exporter = try SimulatedExporter(url, time: time, steps: beats)
            func states() -> [String?] {
                let samples = exporter.samples
                return ["ok", "unknown"].map { samples.addon("backup_health", "orders-db", #",state="\#($0)""#) }
                    + [
                        samples.addon(
                            "backup_finding_since_timestamp_seconds", "orders-db", #",finding="not-observed""#)
                    ]
                    + exporter.exporter.report().addons.map(\.state)
            }
            _ = await exporter.collect()
            time.pass(3600)
            exporter.exporter.pulse.beat("acme")
            #expect(states() == ["1", "0", nil, "ok"])
            #expect(exporter.exporter.standstill == nil)
            beats.advance(by: 150)
            #expect(states() == ["0", "1", "1800000900", "unknown"])
            #expect(
                exporter.exporter.standstill
                    == "The poller of account acme is blocked for 2m 30s. Restart the exporter.")
            exporter.exporter.pulse.beat("acme")
            #expect(states() == ["1", "0", nil, "ok"])
        }
    }

    @Test("a standstill names the disk of the history")
    func disk() {
        #expect(
            BackupExporter.standstill(of: "acme", for: .seconds(7265), path: "/var/lib/exporter/history.sqlite")
                == "The poller of account acme is blocked for 2h 1m: no answer from the disk of "
                + "/var/lib/exporter/history.sqlite. Check that disk, then restart the exporter.")
    }

    @Test("a runner reports its steps and its end")
    func steps() async throws {
        try await withSimulator(shop([.addon("orders-db", Backup.daily(1...15))])) { _, url in
            let beats = StepTime()
            let exporter = try SimulatedExporter(url, steps: beats)
            try await exporter.run {
                // Its clock stands still, so that the last answer is followed by the last step.
                await exporter.wait { _ in
                    // In parts, because a longer time between two looks is one in which nothing ran.
                    (0..<5).contains { _ in
                        beats.advance(by: 30)
                        return exporter.exporter.standstill != nil
                    }
                }
            }
            #expect(exporter.exporter.standstill == nil)
        }
    }

    @Test("a standstill is logged once, and its end, too")
    func logged() async throws {
        let beats = ManualTime()
        let lines = Mutex<[String]>([])
        let log = Logger(label: "test") { _ in
            LineLogHandler(level: .info, format: .logfmt, now: { "now" }) { line in lines.withLock { $0.append(line) } }
        }
        let exporter = try SimulatedExporter.exporter("http://127.0.0.1:1", pulse: Pulse(time: beats), log: log)
        exporter.pulse.beat("acme")
        let watching = Task { await exporter.watchPulse() }
        for _ in 0..<15 {
            await beats.waitForSleepers()
            beats.advance(by: 10)
        }
        await beats.waitForSleepers()
        exporter.pulse.beat("acme")
        beats.advance(by: 10)
        await beats.waitForSleepers()
        watching.cancel()
        await watching.value
        #expect(
            lines.withLock { $0 } == [
                "ts=now level=error msg=\"poller blocked\" account=acme for=2m10s remedy=\"restart the exporter\"\n",
                "ts=now level=info msg=\"poller continues\" account=acme blocked_for=2m40s\n",
            ])
    }
}
