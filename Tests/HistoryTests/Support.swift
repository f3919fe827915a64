import Backups
import Foundation
import Synchronization
import Testing

@testable import History

/// Milliseconds since the epoch.
func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

func key(_ addon: String = "d", project: String = "p", account: String = "a") -> AddonKey {
    AddonKey(account: account, project: project, addon: addon)
}

func backup(
    _ status: BackupStatus, _ created: Int64, end: Int64? = nil, type: BackupType = .dump, size: Int64? = nil,
    id: String = "x"
) -> Backup {
    Backup(
        identity: id, status: status, type: type, createdAt: at(created), completedAt: end.map(at), size: size)
}

/// A folder that is deleted with this object.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "history-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of the history in it.
    var file: String { path + "/history.sqlite" }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }

    func bytes(_ name: String = "history.sqlite") throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func write(_ bytes: Data, _ name: String = "history.sqlite") throws {
        try bytes.write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }
}

/// Collects events.
final class Events: Sendable {
    private let events = Mutex<[HistoryEvent]>([])

    var all: [HistoryEvent] { events.withLock { $0 } }

    var add: @Sendable (HistoryEvent) -> Void { { event in self.events.withLock { $0.append(event) } } }
}

/// An addon as the store has it; its backups by identity.
struct Kept: Equatable, Sendable {
    var record: AddonRecord
    var backups: [KnownBackup]

    init(_ record: AddonRecord, _ backups: [KnownBackup]) {
        self.record = record
        self.backups = backups.sorted { $0.backup.identity < $1.backup.identity }
    }
}

extension History {
    /// Opens a file; any event is a failure of the test.
    static func quiet(_ path: String, now: Timestamp = at(0)) -> History {
        open(.file(path), now: now) { Issue.record("\($0)") }
    }

    @discardableResult
    func observe(
        _ entries: [Backup], of addon: AddonKey = key(), isWhole: Bool = true, at now: Int64
    ) -> AddonRecord {
        let isInOrder = zip(entries, entries.dropFirst()).allSatisfy { $0.createdAt >= $1.createdAt }
        return observe(
            addon, entries: entries, isWhole: isWhole, isNewestFirst: isInOrder, at: Timestamp(milliseconds: now)
        ) { _, _ in }.0
    }

    /// Says that addons are there, and nothing else.
    func see(_ addons: [AddonKey], at now: Int64, judge: @Sendable (AddonRecord) -> Void = { _ in }) {
        let changes = addons.map { (key: $0, change: AddonChange.listed(projectName: nil, nil)) }
        _ = update(changes, at: Timestamp(milliseconds: now)) { record, _ in judge(record) }
    }

    func all(_ accounts: Set<String>? = nil) -> [Kept] {
        load(accounts: accounts, at: Timestamp(milliseconds: 0)) { Kept($0, $1) }.sorted {
            $0.record.key < $1.record.key
        }
    }
}
