/// One addon: its record, which survives restarts, its assessment, and its current status. The only structure that
/// stores facts about an addon; everything that follows from them is computed.
package struct Addon: Equatable, Sendable {
    package let key: AddonKey
    /// Shared with the copies that the account and the fleet have.
    private var kept: Shared<Kept>
    /// The last observation, if it found the list as the record has it.
    private var observedAgain: Timestamp?
    /// Whether the record's counters are true: false while another process uses the history.
    package private(set) var isCounting = true
    /// Whether the last poll worked; nil before the first has ended.
    package var isUp: Bool?
    /// Why the last poll did not work; nil if it worked.
    package var trouble: Trouble?
    /// Why the last poll that worked was sent; nil before the first.
    package var lastPollReason: PollReason?
    package var failedPolls = FailedPolls()
    /// The verdict of the last review.
    package private(set) var verdict = Verdict(
        findings: [], isPaused: false, lastObserved: nil, limit: .zero, now: .distantPast)
    /// The next slot of each type after the last review.
    private var nextSlots: ByType<Timestamp> = [:]
    /// Since when the verdict and its findings hold; nil before the first review.
    package private(set) var standing: Standing?

    /// The facts that come from the history.
    private struct Kept: Equatable, Sendable {
        var record: AddonRecord?
        var assessment: Assessment?
    }

    /// An addon of which only the key is known.
    package init(key: AddonKey) {
        self.key = key
        kept = Shared(Kept())
    }

    /// An addon as the history has it, not yet reviewed.
    ///
    /// - Parameters:
    ///   - assessment: nil before the first observation.
    ///   - isCounting: whether the record's counters are the true ones.
    package init(_ record: AddonRecord, _ assessment: Assessment?, isCounting: Bool) {
        key = record.key
        kept = Shared(Kept(record: record, assessment: assessment))
        self.isCounting = isCounting
        standing = record.standing
    }

    /// Takes over the record, the assessment and `isCounting` from the history. The other facts stay, because only the
    /// account knows them.
    package mutating func take(_ addon: Addon) {
        isCounting = addon.isCounting
        observedAgain = addon.observedAgain
        if addon.kept === kept { return }
        if let uid = record?.uid, let other = addon.record?.uid, uid != other {
            // Another addon of the same name.
            (kept, standing, isUp, trouble) = (addon.kept, nil, nil, nil)
            failedPolls = FailedPolls()
        } else if addon.kept.value.assessment != nil {
            kept = addon.kept
        } else {
            kept = Shared(Kept(record: addon.record, assessment: assessment))
        }
    }

    /// Takes in that the list of backups is still as it was last observed.
    package mutating func observedAgain(at now: Timestamp) { observedAgain = now }

    /// Whether another value differs in the last observation at most.
    package func isAsObserved(in other: Addon) -> Bool {
        kept === other.kept && isUp == other.isUp && trouble == other.trouble && isCounting == other.isCounting
            && verdict == other.verdict
            && nextSlots == other.nextSlots
    }

    /// Whether another value has the same facts from the history, but for the last observation.
    package func isKept(as other: Addon) -> Bool { kept === other.kept }

    /// Whether the same list of backups would be judged at an instant as it was judged last.
    package func isJudged(at now: Timestamp) -> Bool {
        // The next list decides suspicions, even if it is the same list.
        guard record?.removals.suspects.isEmpty != false else { return false }
        return assessment?.validity.contains(now) ?? false
    }

    /// Whether Northflank is known not to have the addon any more.
    package var isGone: Bool { record?.absence?.isGone ?? false }

    /// Updates the verdict and the next slots, which change with time alone.
    ///
    /// - Parameters:
    ///   - limit: the age at which an observation is too old.
    ///   - zone: the zone of the schedules' times.
    package mutating func review(now: Timestamp, limit: Duration, zone: Zone) {
        verdict = Verdict(
            findings: assessment?.findings ?? [], isPaused: record?.isPaused ?? false, absence: record?.absence,
            lastObserved: lastObserved, limit: limit, waiver: waiver, now: now)
        nextSlots = isGone ? [:] : record?.nextSlots(after: now, zone: zone) ?? [:]
        standing = Standing(verdict, after: standing, now: now) { assessment?.began($0) }
    }

    /// Whether a review would change anything.
    package func needsReview(now: Timestamp, limit: Duration) -> Bool {
        if (waiver?.isInForce(at: now) == true) != (verdict.waived != nil) { return true }
        if isGone { return !verdict.findings.contains { $0.kind == .gone } }
        let isOld = lastObserved.map { now - $0 > limit } ?? true
        let wasOld = verdict.findings.contains { $0.kind == .notObserved }
        return isOld != wasOld || nextSlots.contains { $0.value <= now }
    }
}

/// Values that follow from the facts.
extension Addon {
    /// The facts that survive a restart; nil before anything is kept.
    package var record: AddonRecord? { kept.value.record }

    /// What was decided for the addon; nil if nothing was, and before anything is kept.
    package var decisions: Decisions? { record?.decisions?.value }

    /// The waiver, in force or over; nil if there is none.
    package var waiver: Waiver? { decisions?.waiver }

    /// The assessment of the last observation by the objectives in force; nil before the first observation.
    package var assessment: Assessment? { kept.value.assessment }

    /// The next slot of each type after the last review, in the order of types.
    package var due: [NextDue] { nextSlots.map { NextDue(type: $0.type, slot: $0.value) } }

    /// The display name of the project, else its id.
    package var projectName: String { record?.projectName ?? key.project }

    /// The display name, else the id.
    package var addonName: String { record?.addonName ?? key.addon }

    /// Such as `postgresql`; `unknown` before the lists have been read.
    package var type: String { record?.addonType ?? "unknown" }

    /// The end of the last successful poll.
    package var lastObserved: Timestamp? { observedAgain ?? record?.lastObserved }

    /// The summary of the list of backups at the last observation; nil before the first observation.
    package var summary: BackupSummary? { assessment?.summary }

    /// The end of the newest completed backup, imports aside; nil if there is none.
    package var lastCompleted: Timestamp? {
        BackupType.allCases.lazy.filter { $0 != .imported }
            .compactMap { summary?.completed($0)?.newest.endOrCreation }.max()
    }

    /// The instant back to which the list of backups must be read to contain every change; nil for the whole list, if
    /// the list was not always newest first or was never read.
    package var reach: Timestamp? {
        // Only a whole list decides whether backups were removed.
        guard let record, record.isNewestFirst, record.removals.suspects.isEmpty else { return nil }
        return assessment?.reach
    }

    /// The number of pages of the whole list of backups.
    ///
    /// - Parameter size: entries per page.
    package func pages(of size: Int) -> Int { max(1, ((summary?.count ?? 0) + size - 1) / size) }
}

/// The next slot of a type.
package struct NextDue: Equatable, Sendable {
    package let type: BackupType
    package let slot: Timestamp

    package init(type: BackupType, slot: Timestamp) {
        self.type = type
        self.slot = slot
    }
}

extension AddonRecord {
    /// The next slot of each type after an instant; empty for a paused addon.
    func nextSlots(after now: Timestamp, zone: Zone) -> ByType<Timestamp> {
        var slots: ByType<Timestamp> = [:]
        guard !isPaused, let schedules else { return slots }
        for type in BackupType.scheduled { slots[type] = schedules.calendar(of: type, zone: zone).next(after: now) }
        return slots
    }
}
