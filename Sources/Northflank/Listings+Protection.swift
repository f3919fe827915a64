package import Backups

/// An entry of an addon's list of restores.
package struct RestoreListing: Equatable, Sendable {
    package var id: String
    package var status: BackupStatus
    /// Nil if the API does not say.
    package var startedAt: Timestamp?
    /// Nil before the end, or if the API does not say.
    package var completedAt: Timestamp?
    /// The `id` or the `uid` of the backup that is restored; nil if the API does not say.
    package var backup: String?

    package init(
        id: String, status: BackupStatus, startedAt: Timestamp? = nil, completedAt: Timestamp? = nil,
        backup: String? = nil
    ) {
        self.id = id
        self.status = status
        self.startedAt = startedAt
        self.completedAt = completedAt
        self.backup = backup
    }

    /// The end, else the start. A restore without an end therefore looks older than it is, never fresher.
    package var endOrStart: Timestamp? { completedAt ?? startedAt }
}

extension [RestoreListing] {
    /// The completed restore that ended last.
    package var lastCompleted: CompletedRestore? {
        let completed = filter { $0.status == .completed }.compactMap { restore in
            restore.endOrStart.map { end in
                CompletedRestore(end: end, duration: restore.duration, backup: restore.backup)
            }
        }
        return completed.max { $0.end < $1.end }
    }

    /// Every restore that has ended, and whose end is known.
    package var ended: [PastRestore] {
        compactMap { restore in
            guard let end = restore.endOrStart, [.completed, .failed].contains(restore.status) else { return nil }
            return PastRestore(
                end: end, hasCompleted: restore.status == .completed, duration: restore.duration, backup: restore.backup
            )
        }
    }

    /// The end of the failed restore that ended last.
    package var lastFailed: Timestamp? { filter { $0.status == .failed }.compactMap(\.endOrStart).max() }
}

extension RestoreListing {
    /// Nil if start or end are not known, and for an end before the start.
    fileprivate var duration: Duration? {
        guard let startedAt, let completedAt, completedAt >= startedAt else { return nil }
        return completedAt - startedAt
    }
}

extension RestoreListing: ListEntry {
    static let list = PageDecoder.List(
        path: "data.restores", columns: ["id", "status", "completedAt", "restoreTimestamp", "backupId"])

    static var setsAside: Bool { true }

    var identity: String { id }

    static func identity(of row: PageDecoder.Row) -> String? { try? row[0].requiredText() }

    init(row: PageDecoder.Row) throws(UnexpectedValue) {
        id = try row[0].requiredText()
        status = BackupStatus(word: try row[1].text() ?? "")
        startedAt = try row[3].timestamp()
        completedAt = try row[2].timestamp()
        backup = row[4].shortText(upTo: 200)
    }
}

extension BackupSchedule: ListEntry {
    static let list = PageDecoder.List(
        path: "data.schedules",
        columns: [
            "id", "backupType", "scheduling.interval", "scheduling.minute", "scheduling.hour", "scheduling.day",
            "retentionTime", "createdAt",
        ])

    static var setsAside: Bool { true }

    var identity: String { id }

    /// Strict about the values that decide slots: a partly understood schedule would report slots as missed that do
    /// not exist. Such a schedule is not understood, and the others of the list count.
    init(row: PageDecoder.Row) throws(UnexpectedValue) {
        let id = try row[0].requiredText()
        // The API counts in days.
        let retention = row[6].lenientCount.flatMap { days -> Duration? in
            let (seconds, overflow) = days.multipliedReportingOverflow(by: 86_400)
            return overflow || days == 0 ? nil : .seconds(seconds)
        }
        do throws(UnexpectedValue) {
            // Only the retention of a schedule can be changed, so its times count from its creation.
            self.init(
                id: id, type: try row[1].backupType(), rule: try Rule(row: row),
                retention: retention, effectiveFrom: try row[7].timestamp() ?? Timestamp(milliseconds: 0))
        } catch {
            self.init(
                id: id, type: (try? row[1].backupType()) ?? .unknown,
                times: .notUnderstood("\(error.field) is \(error.difference)"), retention: retention,
                effectiveFrom: Timestamp(milliseconds: 0))
        }
    }
}

extension BackupSchedule.Rule {
    fileprivate init(row: PageDecoder.Row) throws(UnexpectedValue) {
        guard let interval = BackupSchedule.Interval(rawValue: try row[2].text() ?? "") else {
            throw row[2].wrong("hourly, daily or weekly", found: row[2].quotedWord)
        }
        self.init(
            interval: interval, minutes: try row[3].numbers(0...59), hours: try row[4].numbers(0...23),
            days: try row[5].numbers(0...6))
    }
}

extension PageDecoder.Cell {
    /// The API's `backupType` of a schedule.
    fileprivate func backupType() throws(UnexpectedValue) -> BackupType {
        switch try text() {
        case "dump": .dump
        case "snapshot": .snapshot
        default: throw wrong("dump or snapshot", found: quotedWord)
        }
    }

    /// The elements of a list of whole numbers in a range; empty if absent.
    fileprivate func numbers(_ range: ClosedRange<Int64>) throws(UnexpectedValue) -> [Int] {
        let numbers = try integers()
        guard let beyond = numbers.first(where: { !range.contains($0) }) else { return numbers.map { Int($0) } }
        throw wrong("a list of numbers from \(range.lowerBound) to \(range.upperBound)", found: "a list with \(beyond)")
    }

    /// A short text of letters in quotation marks, which cannot contain a token; nil for any other value.
    fileprivate var quotedWord: String? {
        guard let word = try? text(), (1...16).contains(word.utf8.count),
            word.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) })
        else { return nil }
        return "\"\(word)\""
    }
}
