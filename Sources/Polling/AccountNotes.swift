import Backups
import Freshness
package import Logging
import Northflank
import Settings

/// A line for the log.
package struct AccountNote: Equatable, Sendable {
    package let level: Logger.Level
    package let message: String
    package let metadata: [String: String]

    init(_ level: Logger.Level, _ message: String, _ metadata: [String: String] = [:]) {
        self.level = level
        self.message = message
        self.metadata = metadata
    }
}

/// Makes log lines about changes; an unchanged state gives no line.
struct AccountNotes: Sendable {
    /// Failing addons that are named one by one, because an outage would name all addons.
    private static let mostNamed = 10

    private let interval: Duration
    private var loggedInterval: Duration
    private var failing: Set<AddonKey> = []
    /// Addons whose schedules cannot be read; each is named once.
    private var schedulesFailing: Set<AddonKey> = []
    private var restoresFailing: Set<AddonKey> = []
    private var discoveryErrors: [APIError] = []
    private var unmatchedFilters: [String] = []
    private var unmatchedPolicies: [PolicyConfiguration] = []
    /// What the last look at the token showed.
    var tokenNotes: [AccountNote] = []

    init(interval: Duration) {
        self.interval = interval
        loggedInterval = interval
    }

    mutating func interval(
        inForce: Duration, budget: FreshnessPlan.Budget, addons: Int
    ) -> AccountNote? {
        if inForce <= interval {
            defer { loggedInterval = interval }
            guard loggedInterval > interval else { return nil }
            return AccountNote(.info, "the request budget carries the configured poll interval again")
        }
        guard inForce > loggedInterval * 1.5 || inForce < loggedInterval / 1.5 else { return nil }
        loggedInterval = inForce
        return AccountNote(
            .warning, "polling is slowed down to fit the request budget",
            [
                "configured": PrometheusDuration.text(interval),
                "in_force": PrometheusDuration.text(.seconds(inForce.seconds.rounded())), "addons": "\(addons)",
                "requests_per_hour": "\(budget.allowance)", "requests_left": "\(budget.left)",
            ])
    }

    mutating func failed(_ key: AddonKey, _ error: APIError) -> [AccountNote] {
        guard failing.insert(key).inserted else { return [] }
        var notes = [
            AccountNote(
                failing.count <= Self.mostNamed ? .warning : .debug,
                "backups could not be collected; the last good data stays", Self.metadata(key, error))
        ]
        if failing.count == Self.mostNamed + 1 {
            notes.append(
                AccountNote(
                    .warning, "more than \(Self.mostNamed) addons fail; further ones are named at level debug only"))
        }
        return notes
    }

    mutating func schedulesFailed(_ key: AddonKey, _ error: APIError) -> AccountNote? {
        guard error.reason != .cancelled, schedulesFailing.insert(key).inserted else { return nil }
        return AccountNote(
            schedulesFailing.count <= Self.mostNamed ? .warning : .debug,
            "backup schedules could not be read; max_age counts instead, if there is one", Self.metadata(key, error))
    }

    mutating func restoresFailed(_ key: AddonKey, _ error: APIError) -> AccountNote? {
        guard error.reason != .cancelled, restoresFailing.insert(key).inserted else { return nil }
        return AccountNote(
            restoresFailing.count <= Self.mostNamed ? .warning : .debug,
            "restores could not be read; whether backups can be restored is not known", Self.metadata(key, error))
    }

    func gone(_ key: AddonKey, _ addon: Addon?, isMissed: Bool) -> AccountNote {
        var metadata = Self.metadata(key)
        if isMissed { metadata["last_completed"] = addon?.lastCompleted?.text ?? "unknown" }
        return isMissed
            ? AccountNote(.warning, "addon is gone", metadata)
            : AccountNote(.info, "addon is gone, which never had a completed backup", metadata)
    }

    func back(_ key: AddonKey) -> AccountNote { AccountNote(.info, "addon is back", Self.metadata(key)) }

    func clock(ahead: Duration) -> AccountNote {
        AccountNote(
            .error, "clock skew",
            [
                "ahead_seconds": "\(-ahead.components.seconds)",
                "limit": "\(AddonRecord.mostSkew.components.seconds)",
            ])
    }

    func forgotten(_ key: AddonKey) -> AccountNote {
        AccountNote(.info, "addon is forgotten; its absence was confirmed", Self.metadata(key))
    }

    /// A reading has lost more than half of the addons.
    func shrunk(before: Int, missing: Int, _ absences: Absences, _ lists: ListsReading) -> AccountNote {
        var metadata = ["before": "\(before)", "after": "\(before - missing)"]
        metadata["confirm_at"] = absences.confirmAt.map(\.text)
        if lists.projectNames.isEmpty {
            metadata["likely"] = "the list of projects is empty: check the permissions of the token's role"
        }
        return AccountNote(.error, "discovery lost more than half of the addons", metadata)
    }

    /// Patterns and types of the discovery that match nothing.
    mutating func unmatched(_ filters: [String]) -> AccountNote? {
        func patterns(_ texts: [String]) -> [Substring] {
            texts.map { $0.prefix(through: $0.lastIndex(of: "\"") ?? $0.startIndex) }
        }
        defer { unmatchedFilters = filters }
        // The number of addons changes often, and says nothing new.
        guard patterns(filters) != patterns(unmatchedFilters) else { return nil }
        return filters.isEmpty
            ? AccountNote(.info, "every filter of the discovery matches")
            : AccountNote(
                .warning, "filter of the discovery matches nothing", ["filters": filters.joined(separator: "; ")])
    }

    /// Policies that match no addon.
    mutating func unmatched(_ policies: [PolicyConfiguration]) -> AccountNote? {
        defer { unmatchedPolicies = policies }
        guard policies != unmatchedPolicies else { return nil }
        let names = policies.map { "\($0.title) (\($0.source.place))" }
        return policies.isEmpty
            ? AccountNote(.info, "every policy matches an addon")
            : AccountNote(.warning, "policy matches no addon", ["policies": names.joined(separator: "; ")])
    }

    mutating func collected(_ key: AddonKey, pages: Int) -> [AccountNote] {
        var metadata = Self.metadata(key)
        metadata["pages"] = "\(pages)"
        let collected = AccountNote(.debug, "backups collected", metadata)
        guard failing.remove(key) != nil else { return [collected] }
        let level: Logger.Level = failing.count < Self.mostNamed ? .info : .debug
        return [collected, AccountNote(level, "backups are collected again", Self.metadata(key))]
    }

    mutating func discovered(_ now: Set<AddonKey>, before: Set<AddonKey>, errors: [APIError]) -> [AccountNote] {
        failing.subtract(before.subtracting(now))
        defer { discoveryErrors = errors }
        var notes: [AccountNote] = []
        if now != before {
            notes.append(
                AccountNote(
                    .info, "discovery found a change",
                    [
                        "added": "\(now.subtracting(before).count)", "removed": "\(before.subtracting(now).count)",
                        "addons": "\(now.count)",
                    ]))
        }
        if let error = errors.first, errors != discoveryErrors {
            notes.append(
                AccountNote(
                    .warning, "discovery is not complete; no addon is dropped",
                    ["failed": "\(errors.count)", "reason": error.reason.rawValue, "error": error.message]))
        } else if errors.isEmpty, !discoveryErrors.isEmpty {
            notes.append(AccountNote(.info, "discovery is complete again"))
        }
        return notes
    }

    private static func metadata(_ key: AddonKey, _ error: APIError? = nil) -> [String: String] {
        var metadata = ["project": key.project, "addon": key.addon]
        if let error {
            metadata["reason"] = error.reason.rawValue
            metadata["error"] = error.message
        }
        return metadata
    }
}
