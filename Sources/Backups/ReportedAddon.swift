/// What was kept of one addon in a range of time, by its history alone.
package struct ReportedAddon: Equatable, Sendable {
    /// Slots by what became of them.
    package struct Slots: Equatable, Sendable {
        package var kept = 0
        /// Slots whose attempt ended in vain.
        package var failed = 0
        package var missed = 0
        /// Slots of which it is not known, or not known yet, what became of them.
        package var notJudged = 0
        /// Slots in maintenance windows; they are not due.
        package var forgiven = 0

        package init(kept: Int = 0, failed: Int = 0, missed: Int = 0, notJudged: Int = 0, forgiven: Int = 0) {
            (self.kept, self.failed, self.missed) = (kept, failed, missed)
            (self.notJudged, self.forgiven) = (notJudged, forgiven)
        }

        package var judged: Int { kept + failed + missed }
        package var due: Int { judged + notJudged }

        package static func + (left: Slots, right: Slots) -> Slots {
            Slots(
                kept: left.kept + right.kept, failed: left.failed + right.failed, missed: left.missed + right.missed,
                notJudged: left.notJudged + right.notJudged, forgiven: left.forgiven + right.forgiven)
        }
    }

    /// The time in which the addon was within its objective, and outside of it.
    package struct Share: Equatable, Sendable {
        package var within: Duration
        package var outside: Duration

        package init(within: Duration, outside: Duration) { (self.within, self.outside) = (within, outside) }

        /// Of the time that counts; nil without any.
        package var ratio: Double? {
            let total = within.milliseconds + outside.milliseconds
            return total > 0 ? Double(within.milliseconds) / Double(total) : nil
        }
    }

    /// A time in which the newest restorable backup of a type was older than its limit.
    package struct Breach: Equatable, Sendable {
        /// Nil for all types together.
        package var type: BackupType?
        package var age: Duration
        package var limit: Duration
        /// Nil if it had not ended by the end of the range.
        package var ended: Timestamp?

        package init(type: BackupType?, age: Duration, limit: Duration, ended: Timestamp?) {
            (self.type, self.age, self.limit, self.ended) = (type, age, limit, ended)
        }
    }

    /// Why nothing of an addon is judged.
    package enum NotJudged: String, Sendable {
        case waived
        case noObjective = "no-objective"
        case notObserved = "not-observed"
        case paused
    }

    package var key: AddonKey
    package var type: String
    package var tags: [String] = []
    package var policy: String?
    package var owner: String?
    package var watchedSince: Timestamp
    /// The time of the range in which the addon was watched, observed or not.
    package var watched: [Range<Timestamp>] = []
    /// The parts of it without an observation.
    package var unobserved: [Range<Timestamp>] = []
    /// The time that was observed.
    package var observed: Duration = .zero
    /// By type of backup; without types that had no slot.
    package var slots: ByType<Slots> = [:]
    package var share = Share(within: .zero, outside: .zero)
    package var breach: Breach?
    /// Nil without any time that counts.
    package var recoveryPoint: RecoveryPoint?
    /// Completed backups that were in the list at the end.
    package var restorablePoints = 0
    /// The age of the oldest of them.
    package var oldestPointAge: Duration?
    package var removedEarly = 0
    package var restores = RestoreFigures()
    package var waivers: [WaiverPeriod] = []
    package var pauses: [Range<Timestamp>] = []
    package var goneSince: Timestamp?
    /// Whether the addon was left out by the configuration, at the end.
    package var isLeftOut = false
    package var notJudged: NotJudged?

    package init(key: AddonKey, type: String, watchedSince: Timestamp) {
        (self.key, self.type, self.watchedSince) = (key, type, watchedSince)
    }

    /// The slots of all types.
    package var allSlots: Slots { slots.reduce(Slots()) { $0 + $1.value } }

    /// Whether every slot was kept, no backup was too old at any time, none was removed early, and the rule about
    /// restores was kept; nil if nothing is judged.
    package var isProtected: Bool? {
        guard notJudged == nil else { return nil }
        let slots = allSlots
        return slots.failed == 0 && slots.missed == 0 && share.outside == .zero && removedEarly == 0
            && restores.isKept != false
    }
}
