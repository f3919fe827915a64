import Backups
import History

extension History {
    /// What the history knows, as lines: all values of each addon, in the order of the bytes of the names.
    func dump() -> String {
        // Late enough that nothing is of the future.
        load(at: Timestamp(milliseconds: .max)) { lines(of: $0, $1) }
            .sorted { $0[0].utf8.lexicographicallyPrecedes($1[0].utf8) }
            .flatMap { $0 + [""] }.joined(separator: "\n")
    }
}

/// A line or more for the addon, and one for each of its schedules, slots and backups.
private func lines(of record: AddonRecord, _ backups: [KnownBackup]) -> [String] {
    let key = record.key
    let outcomes = record.outcomes
    let counts = record.restores.map { counts in
        BackupStatus.allCases.map { "\(counts[status: $0])" }.joined(separator: " ")
    }
    var lines = [
        "addon \([key.account, key.project, key.addon]) \([record.projectName, record.addonName, record.addonType])",
        "  seen \(record.firstSeen.text) observed \(record.lastObserved.text) whole \(record.lastWhole.text)"
            + " newest first \(record.isNewestFirst) baseline \(record.baseline.text)",
        "  outcomes \(outcomes.completed) \(outcomes.failed) \(outcomes.aborted) \(outcomes.notSupported)"
            + " restores \(counts ?? "-") last \((record.lastCompletedRestore?.end).text)",
        "  watched \(record.isWatched) paused \(record.isPaused) active \(record.pauseChangedAt.text)"
            + " schedules \(record.schedules == nil ? "-" : "known") \(record.schedulesObserved.text)"
            + " may read \(record.mayReadSchedules)",
    ]
    for schedule in record.schedules ?? [] {
        lines.append(
            "  schedule \([schedule.id]) \(schedule.type.label) \(schedule.rule?.interval.rawValue ?? schedule.oddity ?? "")"
                + " \(schedule.rule?.minutes ?? []) \(schedule.rule?.hours ?? []) \(schedule.rule?.days ?? [])"
                + " \(schedule.retention.map { "\($0.components.seconds)" } ?? "-") \(schedule.effectiveFrom.text)")
    }
    for (type, slot) in record.slots.sorted(by: { $0.type.rawValue < $1.type.rawValue }) {
        lines.append("  slot \(type.label) \(slot.judgedThrough.text) \(slot.missed)")
    }
    let sorted = backups.sorted {
        ($0.isListed ? 0 : 1, $0.backup.identity) < ($1.isListed ? 0 : 1, $1.backup.identity)
    }
    for one in sorted {
        let backup = one.backup
        lines.append(
            "  \(one.isListed ? "listed" : "gone") \([backup.identity.text]) \(backup.status.word) \(backup.type.label)"
                + " \(backup.createdAt.text) \(backup.completedAt.text) \(backup.size.map { "\($0)" } ?? "-")"
                + " counted \(one.counted.rawValue) \(one.goneAt.text)")
    }
    return lines
}

extension Timestamp {
    fileprivate var text: String { "\(milliseconds)" }
}

extension Timestamp? {
    fileprivate var text: String { self?.text ?? "-" }
}
