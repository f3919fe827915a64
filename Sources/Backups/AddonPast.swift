/// What the history has of one addon: the source of reports and explanations.
package struct AddonPast: Equatable, Sendable {
    /// What held from an instant on, until another fact of the same kind held.
    package struct Change: Equatable, Sendable {
        package var at: Timestamp
        package var fact: Fact

        package init(at: Timestamp, fact: Fact) {
            self.at = at
            self.fact = fact
        }
    }

    package enum Fact: Equatable, Sendable {
        /// Nil if they were not known.
        case schedules([BackupSchedule]?)
        /// Nil if nothing was decided.
        case decisions(Decisions?)
        case paused(Bool)
        /// Nil while the addon was watched.
        case absence(Absence?)
        /// Completed backups that were removed early so far, by type.
        case removedEarly(ByType<Int>)
    }

    /// The record as it is now.
    package var record: AddonRecord
    /// Every known backup, listed or gone, newest first.
    package var backups: [KnownBackup]
    /// In the order of time. A history of an earlier version has the first ones since its update only.
    package var changes: [Change]
    /// Since when each state and its findings held, in the order of time.
    package var standings: [Standing]
    /// Times in which the addon was not observed for longer than `PollingStatus.longestAge` allows, in the order of time.
    package var unobserved: [Range<Timestamp>]

    package init(
        record: AddonRecord, backups: [KnownBackup], changes: [Change] = [], standings: [Standing] = [],
        unobserved: [Range<Timestamp>] = []
    ) {
        self.record = record
        self.backups = backups
        self.changes = changes
        self.standings = standings
        self.unobserved = unobserved
    }
}
