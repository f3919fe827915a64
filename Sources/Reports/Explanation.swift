/// All that explains the verdict on one addon, so that it can be checked by hand against Northflank's page: the content of
/// `explain`. Durations are whole seconds, times RFC 3339 in UTC.
package struct Explanation: Codable, Equatable, Sendable {
    /// The days of the attempts, of which the summary is made.
    package static let attemptDays = 30
    /// The allowed numbers of days of slots.
    package static let allowedDays = 1...90
    package static let defaultDays = 14

    package var generatedAt: UTCTime
    /// Days of slots.
    package var days: Int
    package var account: String
    package var project: String
    package var addon: String
    package var addonName: String
    package var type: String
    /// The version of the newest backup; nil if the API does not say.
    @OrNull package var version: String?
    package var isPaused: Bool
    package var decided: Decided
    package var state: String
    @OrNull package var since: UTCTime?
    /// The state without the waiver that is in force; nil if none is.
    @OrNull package var stateWithoutWaiver: String?
    /// The worst first; behind a waiver, what would be wrong without it.
    package var findings: [Finding]
    /// The newest completed backup of each type, imports aside.
    package var newest: [Newest]
    /// The creation of the newest completed backup that is listed: later changes are in no backup. Nil if there is none.
    @OrNull package var restorableTo: UTCTime?
    package var limits: [Limit]
    package var slots: [Slot]
    /// Why there are no slots; nil if there are some.
    @OrNull package var noSlots: String?
    /// Of the last 30 days, the newest first.
    package var attempts: [Attempt]
    /// Of the last 30 days, the newest first.
    package var missedSlots: [Slot]
    package var restores: [Restore]
    /// Why there are no restores; nil if there are some.
    @OrNull package var noRestores: String?
    package var next: Next
    package var advice: [Advice]
    /// The address of the runbook of the worst finding; its name where no folder of runbooks is configured.
    @OrNull package var runbook: String?
    package var evidence: Evidence

    /// What the configuration decided for the addon.
    package struct Decided: Codable, Equatable, Sendable {
        @OrNull package var policy: String?
        @OrNull package var source: String?
        @OrNull package var owner: String?
        @OrNull package var onGone: String?
        @OrNull package var waiver: Waiver?
    }

    package struct Waiver: Codable, Equatable, Sendable {
        package var reason: String
        package var owner: String
        package var until: UTCTime
        package var isInForce: Bool
        /// The place of the configuration; nil if it is not known.
        @OrNull package var source: String?
    }

    package struct Finding: Codable, Equatable, Sendable {
        package var kind: String
        package var state: String
        @OrNull package var since: UTCTime?
        /// For people.
        package var text: String
        @OrNull package var type: String?
    }

    package struct Newest: Codable, Equatable, Sendable {
        package var type: String
        package var createdAt: UTCTime
        /// The end, else the creation: the age counts from it.
        package var endedAt: UTCTime
        @OrNull package var sizeBytes: Int64?
        /// The strictest limit of its age; nil if there is none.
        @OrNull package var limitSeconds: Int64?
    }

    /// A value next to its limit.
    package struct Limit: Codable, Equatable, Sendable {
        package enum Unit: String, Codable, Sendable {
            case seconds, bytes, backups
        }

        /// Such as `newest dump`.
        package var name: String
        package var unit: Unit
        @OrNull package var type: String?
        /// Nil if nothing is there that has a value.
        @OrNull package var value: Int64?
        @OrNull package var atLeast: Int64?
        @OrNull package var atMost: Int64?
        package var isPast: Bool
        /// Where the limit comes from: a schedule, a policy, or a default.
        package var source: String
    }

    package struct Next: Codable, Equatable, Sendable {
        package var due: [Due]
        package var expiry: [Expiry]
        /// The time by which the addon is checked again at the latest; nil if nothing is known of its checks.
        @OrNull package var checkBy: UTCTime?
        /// When a backup of the next slot should have ended, which is checked then; nil if that is not known.
        @OrNull package var checkAfterSlot: UTCTime?
        package var usesWebhooks: Bool

        package struct Due: Codable, Equatable, Sendable {
            package var type: String
            package var slot: UTCTime
            /// The end of its grace.
            package var missedAt: UTCTime
            /// Whether the slot has come, and its backup can still start.
            package var isPending: Bool
        }

        package struct Expiry: Codable, Equatable, Sendable {
            package var type: String
            package var at: UTCTime
        }
    }

    package struct Advice: Codable, Equatable, Sendable {
        package var text: String
        /// A command that works as it is.
        @OrNull package var command: String?
    }
}
