/// Completed backups that left an addon's list before their retention was over.
///
/// A backup is suspected when a list lacks it. The suspicion is decided when the schedules have been read again, since a
/// lowered retention explains it, and when a second whole list lacks it too.
package struct Removals: Equatable, Sendable {
    /// A completed backup that a list lacks.
    package struct Suspect: Equatable, Sendable {
        package var type: BackupType
        package var createdAt: Timestamp
        /// When the list was read.
        package var missedAt: Timestamp

        package init(type: BackupType, createdAt: Timestamp, missedAt: Timestamp) {
            self.type = type
            self.createdAt = createdAt
            self.missedAt = missedAt
        }
    }

    /// The last removal of backups of a type.
    package struct Removal: Equatable, Sendable {
        /// When it was decided.
        package var at: Timestamp
        package var removed: Int
        /// The completed backups that were left then.
        package var left: Int
        /// The shortest and the longest time from a backup's removal to the end of its retention.
        package var early: ClosedRange<Duration>
        package var retention: Duration

        package init(at: Timestamp, removed: Int, left: Int, early: ClosedRange<Duration>, retention: Duration) {
            self.at = at
            self.removed = removed
            self.left = left
            self.early = early
            self.retention = retention
        }
    }

    /// How long a removal is a finding.
    package static let holds = Duration.seconds(86_400)
    /// A backup that is removed this short a time before the end of its retention is not removed early: clocks differ.
    static let slack = Duration.seconds(3600)
    /// Suspicions that could not be decided for so long are given up.
    static let patience = Duration.seconds(7 * 86_400)

    package var suspects: [Suspect] = []
    /// By type; since the addon was first seen.
    package var counts: ByType<Int> = [:]
    package var last: ByType<Removal> = [:]

    package init() {}

    /// Takes in what an observation changed.
    ///
    /// - Parameters:
    ///   - isFirst: whether nothing can be told from what the list lacks: it is a baseline, or our clock is wrong.
    ///   - schedules: as they are known; nil before the first reading.
    ///   - now: when the list was read.
    mutating func observe(
        _ changes: ListingChanges, isFirst: Bool, schedules: [BackupSchedule]?, at now: Timestamp
    ) {
        for returned in changes.returned {
            suspects.removeAll { $0.createdAt == returned.backup.createdAt && $0.type == returned.backup.type }
        }
        if isFirst {
            suspects = []
            return
        }
        // The end of the retention of a backup that is dated in the future is not known.
        suspects += changes.gone.lazy.map(\.backup)
            .filter { $0.status == .completed && $0.type != .imported && $0.createdAt <= now + Horizon.tolerance }
            // What is not early by the known retention needs no second look: most backups go in this way.
            .filter { backup in
                let retention =
                    backup.type == .unknown
                    ? schedules?.shortestRetention : schedules?.shortestRetention(of: backup.type)
                return retention.map { backup.createdAt + $0 - now > Self.slack } ?? true
            }
            .map { Suspect(type: $0.type, createdAt: $0.createdAt, missedAt: now) }
    }
}

extension AddonRecord {
    /// Whether the schedules have to be read again to decide whether backups were removed early.
    package var needsSchedulesForRemovals: Bool {
        removals.suspects.contains { $0.missedAt > schedulesObserved ?? .distantPast }
    }

    /// Decides the suspicions that can be decided.
    ///
    /// - Parameter known: all listed backups of the addon, and some gone ones.
    mutating func decideRemovals(_ known: [KnownBackup], _ objectives: Objectives, observedAt: Timestamp) {
        let suspects = removals.suspects
        // By a wrong clock, anything can be early.
        guard !suspects.isEmpty, isClockTrusted else { return }
        let since = min((lastWhole ?? .distantPast).adding(milliseconds: -1), schedulesObserved ?? .distantPast)
        let isDecided = { (suspect: Removals.Suspect) in suspect.missedAt <= since }
        removals.suspects = suspects.filter { !isDecided($0) && observedAt - $0.missedAt < Removals.patience }
        let decided = suspects.filter(isDecided)
        func calendar(_ type: BackupType) -> SlotCalendar {
            (schedules ?? []).calendar(of: type, zone: objectives.zone)
        }
        let untyped = BackupType.scheduled.filter { !calendar($0).isEmpty }.ofUntyped
        func counted(_ type: BackupType) -> BackupType { type == .unknown ? untyped : type }
        for type in BackupType.allCases {
            guard let retention = schedules?.shortestRetention(of: type) else { continue }
            let slots = calendar(type)
            let early = decided.filter { counted($0.type) == type && slots.isFilled(by: $0.createdAt, objectives) }
                .map { $0.createdAt + retention - $0.missedAt }.filter { $0 > Removals.slack }
                .map { Duration.seconds($0.components.seconds) }
            guard let least = early.min(), let most = early.max() else { continue }
            let left = known.count {
                $0.isListed && $0.backup.status == .completed && counted($0.backup.type) == type
            }
            // More of the same removal can be decided later.
            let before = removals.last[type].flatMap { observedAt - $0.at < Removals.holds ? $0 : nil }
            removals.counts[type] = (removals.counts[type] ?? 0) + early.count
            removals.last[type] = Removals.Removal(
                at: observedAt, removed: early.count + (before?.removed ?? 0), left: left,
                early: min(least, before?.early.lowerBound ?? least)...max(most, before?.early.upperBound ?? most),
                retention: retention)
        }
    }

    /// The removals that are findings at an instant.
    func removalFindings(at now: Timestamp) -> [Finding] {
        removals.last.compactMap { type, removal in
            now - removal.at < Removals.holds ? .removedEarly(type: type, removal) : nil
        }
    }
}

extension SlotCalendar {
    /// Whether a backup of this creation can be one of a slot. Another one was made by hand, and it is not
    /// known how long it is kept.
    func isFilled(by creation: Timestamp, _ objectives: Objectives) -> Bool {
        let opening = creation - (objectives.decisions.grace ?? Objectives.leastGrace)
        return next(after: opening.adding(milliseconds: -1)).map { $0 <= creation + SlotMatching.tolerance } ?? false
    }
}
