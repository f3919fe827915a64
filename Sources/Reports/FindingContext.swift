package import Backups

/// What the sentence of a finding says besides the finding itself.
package struct FindingContext {
    /// A completed backup, imports aside.
    package struct Completed {
        package var type: BackupType
        package var end: Timestamp
        package var size: Int64?

        package init(type: BackupType, end: Timestamp, size: Int64?) {
            self.type = type
            self.end = end
            self.size = size
        }
    }

    /// The instant from which "ago" is counted.
    package var now: Timestamp
    /// Why the addon, or its account, cannot be read; nil if both can.
    package var trouble: Trouble?
    /// The name of the addon's policy; nil if it has none.
    package var policy: String?
    /// The newest completed backup; nil if there is none.
    package var lastCompleted: Completed?
    /// The number of entries of the list of backups that are read; nil before the first reading.
    package var entries: Int?
    /// Whether schedules are known; nil before they are read.
    package var hasSchedules: Bool?
    /// When it was known for certain that the addon is gone; nil if it is not.
    package var goneConfirmed: Timestamp?
    /// Where the configuration names the addon, such as `config.yml:14`; nil if it does not, or is not known here.
    package var configuredAt: String?
    /// Since when the addon is paused; nil if it is not.
    package var pausedSince: Timestamp?
    /// When the newest completed backup of any type expires; nil if that is not known.
    package var lastExpiry: Timestamp?

    package init(now: Timestamp, policy: String? = nil) {
        self.now = now
        self.policy = policy
    }

    /// - Parameter account: why the addon's account cannot be read; nil if it can.
    init(_ addon: Addon, account: Trouble?, now: Timestamp) {
        self.init(now: now, policy: addon.decisions?.policy)
        trouble = addon.trouble ?? account
        lastCompleted = addon.newestCompleted
        entries = addon.summary?.count
        hasSchedules = addon.record?.schedules.map { !$0.isEmpty }
        goneConfirmed = addon.record?.absence?.confirmed
        pausedSince = addon.record?.pausedSince
        lastExpiry = BackupType.allCases.compactMap { addon.assessment?.expiry[$0] }.max()
    }
}

extension Addon {
    /// The newest completed backup; nil if there is none.
    var newestCompleted: FindingContext.Completed? {
        BackupType.allCases.lazy.filter { $0 != .imported }
            .compactMap { type in
                summary?.completed(type).map { completed in
                    FindingContext.Completed(
                        type: type, end: completed.newest.endOrCreation, size: completed.newest.size)
                }
            }
            .max { $0.end < $1.end }
    }

    /// The strictest limit of the age of the newest completed backup of a type; nil if there is none.
    package func ageLimit(_ type: BackupType) -> Duration? { ownAgeLimit(type) ?? assessment?.generalObjective }

    /// The limit that is for this type; nil if there is none. A type has slots or is required without.
    func ownAgeLimit(_ type: BackupType) -> Duration? {
        assessment?.slots.first { $0.type == type }?.objective ?? assessment?.requiredObjectives[type]
    }
}
