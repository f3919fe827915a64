package import Backups

/// What is known of one addon: its last good data, whether the last collection worked, and the verdict.
package struct AddonState: Equatable, Sendable {
    package let key: AddonKey
    package var names: AddonNames
    /// Whether the last collection worked; nil before the first has ended.
    package var isUp: Bool?
    /// The end of the last collection that worked.
    package var lastObserved: Timestamp?
    /// From the last collection that worked; nil before it.
    package var summary: BackupSummary?
    /// All that survives a restart; nil before anything was kept.
    package var record: AddonRecord?
    /// Whether the record's counters are to be shown.
    package var isCounting = true
    /// From the last collection that worked; nil before it.
    package var assessment: Assessment?
    package var verdict = Verdict.unseen
    /// The next slots.
    package var due: [NextDue] = []

    package init(key: AddonKey, names: AddonNames? = nil) {
        self.key = key
        self.names = names ?? AddonNames(key: key)
    }

    /// Takes over what was kept and judged.
    mutating func take(_ record: AddonRecord, _ assessment: Assessment?, isCounting: Bool = true) {
        self.isCounting = isCounting
        names = AddonNames(
            project: record.projectName, addon: record.addonName, type: record.addonType)
        lastObserved = record.lastObserved
        self.record = record
        guard let assessment else { return }
        self.assessment = assessment
        summary = assessment.summary
    }

    /// Judges anew what time alone changes.
    ///
    /// - Parameter limit: seconds after which an observation is too old.
    mutating func review(now: Timestamp, limit: Double, zone: Zone) {
        verdict = Verdict(
            findings: assessment?.findings ?? [], isPaused: record?.isPaused ?? false, lastObserved: lastObserved,
            limit: limit, now: now)
        due = record?.due(after: now, zone: zone) ?? []
    }

    /// Whether a review would change anything.
    func needsReview(now: Timestamp, limit: Double) -> Bool {
        let isOld = lastObserved.map { Double(now.millisecondsSince($0)) / 1000 > limit } ?? true
        let wasOld = verdict.findings.contains { $0.state == .unknown }
        return isOld != wasOld || due.contains { $0.slot <= now }
    }
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

/// What people call an addon.
package struct AddonNames: Equatable, Sendable {
    package var project: String
    package var addon: String
    /// `postgresql` and so on; `unknown` until the lists have been read.
    package var type: String

    package init(project: String, addon: String, type: String) {
        self.project = project
        self.addon = addon
        self.type = type
    }

    /// The ids, for as long as nothing better is known.
    init(key: AddonKey) {
        self.init(project: key.project, addon: key.addon, type: "unknown")
    }
}

extension Verdict {
    /// Of an addon that was never observed.
    static let unseen = Verdict(
        findings: [], isPaused: false, lastObserved: nil, limit: 0, now: Timestamp(milliseconds: 0))
}
