import Foundation
import Testing

@testable import Backups
@testable import Settings

/// Random worlds, whose verdicts were written down by docs/health.md without the program.
@Suite struct DocumentedVerdictTests {
    /// One world and what the documents demand of it, as testdata/worlds.txt has them.
    struct World: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var now = Timestamp.distantPast
        var isPaused = false
        var account = AccountConfiguration(token: .environment("TOKEN"))
        var schedules: [BackupSchedule] = []
        var backups: [Backup] = []
        var state = ""
        var findings: Set<String> = []
        var missed: [String: Int] = [:]
        var objectives: [String: Int64] = [:]

        init(_ text: Substring) {
            let lines = text.split(separator: "\n")
            testDescription = String(lines[0])
            for line in lines.dropFirst() { take(line.split(separator: " ").map(String.init)) }
        }

        private mutating func take(_ words: [String]) {
            switch words[0] {
            case "now": now = Timestamp(rfc3339: words[1])!
            case "paused": isPaused = true
            case "max_age": account.objective.maxAge = PrometheusDuration.duration(words[1])!
            case "grace": account.objective.grace = PrometheusDuration.duration(words[1])!
            case "time_zone": account.objective.timeZone = words[1]
            case "schedule": schedules.append(Self.schedule(words))
            case "backup": backups.append(Self.backup(words, number: backups.count))
            case "verdict": state = words[1]
            case "finding": findings.insert(words[1...].joined(separator: " "))
            case "missed": missed[words[1]] = Int(words[2])!
            case "objective": objectives[words[1]] = Int64(words[2])!
            default: Issue.record("\(words)")
            }
        }

        private static func schedule(_ words: [String]) -> BackupSchedule {
            func numbers(_ word: String) -> [Int] { word == "-" ? [] : word.split(separator: ",").map { Int($0)! } }
            return BackupSchedule(
                id: "s", type: type(words[1]),
                rule: .init(
                    interval: .init(rawValue: words[2])!, minutes: numbers(words[3]), hours: numbers(words[4]),
                    days: numbers(words[5])),
                retention: .seconds(Int64(words[6])! * 86_400), effectiveFrom: Timestamp(rfc3339: words[7])!)
        }

        private static func backup(_ words: [String], number: Int) -> Backup {
            Backup(
                identity: .text("\(number)"), status: BackupStatus(word: words[1]), type: type(words[2]),
                createdAt: Timestamp(rfc3339: words[3])!, completedAt: Timestamp(rfc3339: words[4]),
                size: Int64(words[5]))
        }

        private static func type(_ label: String) -> BackupType { BackupType.allCases.first { $0.label == label }! }
    }

    static let worlds: [World] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "testdata/worlds.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n\n").filter { !$0.hasPrefix("#") }.map(World.init)
    }()

    @Test("there are twenty") func count() { #expect(Self.worlds.count == 20) }

    @Test("the verdict is the one of the documents", arguments: worlds)
    func verdict(world: World) throws {
        let key = AddonKey(account: "acme", project: "shop", addon: "db")
        var record = AddonRecord(key: key, firstSeen: world.now)
        record.note(isPaused: world.isPaused, at: world.now)
        record.observe(schedules: world.schedules, at: world.now)
        var known: [KnownBackup] = []
        record.observe(world.backups, isWhole: true, isNewestFirst: true, at: world.now, known: &known) { _ in nil }
        let judged = record.judge(known, world.account.objectives(for: record))
        let assessment = try #require(judged)
        let verdict = Verdict(
            findings: assessment.findings, isPaused: world.isPaused, lastObserved: world.now, limit: .seconds(900),
            now: world.now)
        #expect(verdict.state.rawValue == world.state)
        let findings = verdict.findings.compactMap { finding in
            finding.kind.map { "\($0.rawValue) \(finding.type?.label ?? "-")" }
        }
        #expect(Set(findings) == world.findings)
        #expect(
            Dictionary(uniqueKeysWithValues: assessment.slots.map { ($0.type.label, $0.missedInARow) }) == world.missed)
        let objectives =
            assessment.slots.map { ($0.type.label, $0.objective) }
            + (assessment.generalObjective.map { [("any", $0)] } ?? [])
        #expect(
            Dictionary(uniqueKeysWithValues: objectives.map { ($0.0, $0.1.components.seconds) }) == world.objectives)
    }
}
