import Backups
import SQLite

/// The kinds of facts whose changes are stored, by the number in the column `kind`, with the value of each:
///
/// - schedules: the text of ``StoredSchedules``; NULL if they are not known.
/// - decisions: the number of a row of `decision`; NULL if nothing was decided.
/// - paused: 0 or 1.
/// - absence: `gone` or `left out`, `@`, and since when; NULL while the addon is watched.
/// - removed early: types with their counts so far, such as `1,29;0,3`.
enum StoredChange: Int64, CaseIterable {
    case schedules, decisions, paused, absence, removedEarly

    enum Value: Equatable {
        case number(Int64?)
        case text(String?)
    }

    func fact(of record: AddonRecord) -> AddonPast.Fact {
        switch self {
        case .schedules: .schedules(record.schedules)
        case .decisions: .decisions(record.decisions?.value)
        case .paused: .paused(record.isPaused)
        case .absence: .absence(record.absence)
        case .removedEarly: .removedEarly(record.removals.counts)
        }
    }

    /// - Parameter decision: finds the row of decisions.
    static func value(of fact: AddonPast.Fact, decision: (Decisions) throws -> Int64?) rethrows -> Value {
        switch fact {
        case .schedules(let schedules): .text(schedules.flatMap(StoredSchedules.encode))
        case .decisions(let decisions): .number(try decisions.map(decision) ?? nil)
        case .paused(let isPaused): .number(isPaused ? 1 : 0)
        case .absence(let absence):
            .text(absence.map { "\($0.isGone ? gone : leftOut)@\($0.since.milliseconds)" })
        case .removedEarly(let counts):
            .text(counts.map { "\($0.type.rawValue),\($0.value)" }.joined(separator: ";"))
        }
    }

    /// The fact of a row with the columns kind, at, value and text of the decisions; nil if it is none.
    func fact(in row: borrowing Row) throws -> AddonPast.Fact? {
        switch self {
        case .schedules:
            guard let text = try row.optionalText(2) else { return .schedules(nil) }
            return StoredSchedules.decode(text).map { .schedules($0) }
        case .decisions:
            guard try row.optionalInteger(2) != nil else { return .decisions(nil) }
            return try row.optionalText(3).flatMap(SharedDecisions.of(text:)).map { .decisions($0.value) }
        case .paused: return .paused(try row.flag(2))
        case .absence:
            guard let text = try row.optionalText(2) else { return .absence(nil) }
            let parts = text.split(separator: "@")
            guard parts.count == 2, let since = Int64(parts[1]) else { return nil }
            return .absence(Absence(since: Timestamp(milliseconds: since), isGone: parts[0] == Self.gone))
        case .removedEarly:
            var counts: ByType<Int> = [:]
            for part in try row.text(2).split(separator: ";") {
                let numbers = part.split(separator: ",").compactMap { Int64($0) }
                guard numbers.count == 2, let type = BackupType(rawValue: UInt8(clamping: numbers[0])) else { continue }
                counts[type] = StoredNumbers.count(numbers[1])
            }
            return .removedEarly(counts)
        }
    }

    private static let (gone, leftOut) = ("gone", "left out")
}
