import Backups
import Exposition
import FoundationEssentials
import NorthflankSimulator
import TestSupport
import Testing

@testable import Exporter

/// Where the history is, and what is said of it.
struct StateFileTests {
    private static let addons = [SimulatedAddon.addon("orders-db", Backup.daily(1...15))]

    private func state(_ samples: Samples) -> [String?] {
        ["persistent", "write_errors_total", "corruptions_total"].map {
            samples.values["northflank_exporter_state_\($0)"]
        }
    }

    @Test("in a file, in folders that are made for it")
    func file() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("a/b/history.sqlite")
        let samples = try await SimulatedExporter.collectOnce(Self.addons, state: path)
        #expect(state(samples) == ["1", "0", "0"])
        #expect((Int(samples.values["northflank_exporter_state_bytes"] ?? "") ?? 0) > 0)
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test("in memory, if that is configured, or if there is no path for it", arguments: [":memory:", nil])
    func memory(path: String?) async throws {
        let samples = try await SimulatedExporter.collectOnce(Self.addons, state: path)
        #expect(state(samples) == ["0", "0", "0"])
        #expect(samples.values["northflank_exporter_state_bytes"] == "0")
        #expect(samples.addon("up") == "1")
    }

    @Test("in memory, if the file cannot be written; everything else works")
    func unwritable() async throws {
        let directory = try TemporaryDirectory()
        let samples = try await SimulatedExporter.collectOnce(Self.addons, state: directory.path)
        #expect(state(samples) == ["0", "1", "0"])
        #expect(samples.addon("up") == "1")
        #expect(samples.addon("backup_health", "orders-db", #",state="ok""#) == "1")
    }

    @Test("a corrupt file is set aside, and a new history begun")
    func corrupt() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("history.sqlite", "this is no database, and long enough to be read as one")
        let samples = try await SimulatedExporter.collectOnce(Self.addons, state: directory.file("history.sqlite"))
        #expect(state(samples) == ["1", "0", "1"])
        #expect(samples.addon("up") == "1")
        let kept = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        #expect(kept.filter { $0.hasPrefix("history.sqlite.corrupt-") }.count == 1)
    }

    @Test("a file that another exporter holds is left to it")
    func inUse() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("history.sqlite")
        try await withSimulator(shop(Self.addons)) { _, url in
            let first = try SimulatedExporter(url, state: path)
            let second = try SimulatedExporter(url, state: path)
            let samples = (await first.collect().samples, await second.collect().samples)
            #expect(state(samples.0) == ["1", "0", "0"])
            #expect(state(samples.1) == ["0", "1", "0"])
            // What is counted is counted there.
            func outcomes(_ samples: Samples) -> String? {
                samples.addon("backup_outcomes_total", "orders-db", #",status="failed""#)
            }
            #expect(outcomes(samples.0) == "0")
            #expect(outcomes(samples.1) == nil)
            #expect(samples.1.addon("backup_missed_slots_total", "orders-db", #",type="dump""#) == nil)
            #expect(samples.1.addon("up") == "1")
            await second.exporter.shutDown()
            await first.exporter.shutDown()
        }
    }

    @Test("a page for a textfile has no ages, which would stand still")
    func textfile() async throws {
        try await withSimulator(shop(Self.addons)) { _, url in
            let exporter = try SimulatedExporter(url)
            _ = await exporter.collect()
            func hasAges(_ page: [UInt8]) -> [Bool] {
                ["_last_completed_age_seconds{", "_observed_age_seconds{", "process_start_time_seconds"].map {
                    String(decoding: page, as: UTF8.self).contains($0)
                }
            }
            #expect(hasAges(exporter.exporter.page(.text).whole()) == [true, true, true])
            #expect(hasAges(exporter.exporter.page(.text, isTextfile: true).whole()) == [false, false, false])
        }
    }
}
