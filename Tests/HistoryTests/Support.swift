import Backups
import Glibc
import SQLite
import Synchronization
import TestSupport
import Testing

@testable import History

/// Milliseconds since the epoch.
func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

func key(_ addon: String = "d", project: String = "p", account: String = "a") -> AddonKey {
    AddonKey(account: account, project: project, addon: addon)
}

func backup(
    _ status: BackupStatus, _ created: Int64, end: Int64? = nil, type: BackupType = .dump, size: Int64? = nil,
    version: String? = nil, id: BackupIdentity = "x"
) -> Backup {
    Backup(
        identity: id, status: status, type: type, createdAt: at(created), completedAt: end.map(at), size: size,
        version: version)
}

/// A folder that is deleted with the last copy of this value.
struct Folder {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    var path: String { directory.path }

    /// The folder for temporary files.
    static var temporary: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

    /// The names in a folder, in order; empty if there is none.
    static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                    tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    /// The file is missing, or not readable.
    struct Unreadable: Error {}

    /// All bytes of a file.
    static func bytes(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw Unreadable() }
        defer { fclose(file) }
        var status = stat()
        guard fstat(fileno(file), &status) == 0 else { throw Unreadable() }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        guard fread(&bytes, 1, bytes.count, file) == bytes.count else { throw Unreadable() }
        return bytes
    }

    /// The path of the history in it.
    var file: String { path + "/history.sqlite" }

    var names: [String] { Self.names(in: path) }

    func bytes(_ name: String = "history.sqlite") throws -> [UInt8] { try Self.bytes("\(path)/\(name)") }

    func write(_ bytes: some Collection<UInt8>, _ name: String = "history.sqlite") throws {
        try directory.writeBytes(name, Array(bytes))
    }

    func remove(_ name: String) { try? directory.remove(name) }
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

    /// - Parameter now: by default late enough that nothing is of the future.
    func all(_ accounts: Set<String>? = nil, at now: Timestamp = Timestamp(milliseconds: .max)) -> [Kept] {
        load(accounts: accounts, at: now) { Kept($0, $1) }.sorted {
            $0.record.key < $1.record.key
        }
    }
}

extension HistoryMedium {
    /// The number that a query of one row and column gives.
    func number(_ query: String) throws -> Int64? { try database?.number(query) }
}

extension Database {
    func number(_ query: String) throws -> Int64? { try first(query) { row in try row.integer(0) } }
}
