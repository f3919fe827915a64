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
    /// Addons that are named one by one.
    private static let mostNamed = 10

    private let interval: Duration
    private var loggedInterval: Duration
    private(set) var outages = OutageNotes()
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
            return AccountNote(
                .info, "poll interval restored", ["configured": PrometheusDuration.text(interval)])
        }
        guard inForce > loggedInterval * 1.5 || inForce < loggedInterval / 1.5 else { return nil }
        loggedInterval = inForce
        return AccountNote(
            .warning, "poll interval lengthened",
            [
                "configured": PrometheusDuration.text(interval),
                "in_force": PrometheusDuration.text(.seconds(inForce.seconds.rounded())), "addons": "\(addons)",
                "requests_per_hour": "\(budget.allowance)", "requests_left": "\(budget.left)",
            ])
    }

    mutating func failed(
        _ key: AddonKey?, _ error: APIError, _ trouble: Trouble, addons: Int, now: Timestamp
    ) -> [AccountNote] {
        outages.failed(key, error, trouble, addons: addons, now: now)
    }

    mutating func answered(now: Timestamp) -> [AccountNote] { outages.answered(now: now) }

    mutating func ended() -> [AccountNote] { outages.ended() }

    mutating func settle(addons: Int, now: Timestamp) -> AccountNote? { outages.settle(addons: addons, now: now) }

    mutating func schedulesFailed(_ key: AddonKey, _ error: APIError, _ trouble: Trouble, hasMaxAge: Bool)
        -> AccountNote?
    {
        guard error.reason != .cancelled, !outages.isOutage, schedulesFailing.insert(key).inserted else { return nil }
        var metadata = Self.metadata(key, trouble)
        metadata["has_max_age"] = "\(hasMaxAge)"
        return AccountNote(
            schedulesFailing.count <= Self.mostNamed ? .warning : .debug, "schedules cannot be read", metadata)
    }

    mutating func restoresFailed(_ key: AddonKey, _ error: APIError, _ trouble: Trouble) -> AccountNote? {
        guard error.reason != .cancelled, restoresFailing.insert(key).inserted else { return nil }
        return AccountNote(
            restoresFailing.count <= Self.mostNamed ? .warning : .debug, "restores cannot be read",
            Self.metadata(key, trouble))
    }

    func gone(_ key: AddonKey, _ addon: Addon?, isMissed: Bool, isConfigured: Bool) -> AccountNote {
        var metadata = Self.metadata(key)
        metadata["confirmed_by"] = isConfigured ? "HTTP 404 and the list of the project" : "complete lists"
        if isMissed { metadata["last_completed"] = addon?.lastCompleted?.text ?? "unknown" }
        return isMissed
            ? AccountNote(.warning, "addon is gone", metadata)
            : AccountNote(.info, "addon without a completed backup is gone", metadata)
    }

    func back(_ key: AddonKey, _ addon: Addon?, now: Timestamp) -> AccountNote {
        var metadata = Self.metadata(key)
        metadata["uid"] = addon?.record?.uid
        metadata["gone_for"] = addon?.record?.absence.map { Self.age(now - $0.since) }
        return AccountNote(.info, "addon is back", metadata)
    }

    func clock(ahead: Duration) -> AccountNote {
        AccountNote(
            .error, "clock skew",
            [
                "ahead_seconds": "\(-ahead.components.seconds)",
                "limit": "\(AddonRecord.mostSkew.components.seconds)",
            ])
    }

    func forgotten(_ key: AddonKey) -> AccountNote {
        AccountNote(.info, "addon is forgotten", Self.metadata(key))
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
            ? AccountNote(.info, "discovery filters match")
            : AccountNote(
                .warning, "discovery filter matches nothing", ["filters": filters.joined(separator: "; ")])
    }

    /// Policies that match no addon.
    mutating func unmatched(_ policies: [PolicyConfiguration]) -> AccountNote? {
        defer { unmatchedPolicies = policies }
        guard policies != unmatchedPolicies else { return nil }
        let names = policies.map { "\($0.title) (\($0.source.place))" }
        return policies.isEmpty
            ? AccountNote(.info, "policies match")
            : AccountNote(.warning, "policy matches no addon", ["policies": names.joined(separator: "; ")])
    }

    mutating func observed(_ key: AddonKey, pages: Int, now: Timestamp) -> [AccountNote] {
        var metadata = Self.metadata(key)
        metadata["pages"] = "\(pages)"
        return [AccountNote(.debug, "backups read", metadata), outages.worked(key, now: now)].compactMap(\.self)
    }

    mutating func discovered(_ now: Set<AddonKey>, before: Set<AddonKey>, errors: [APIError]) -> [AccountNote] {
        outages.drop(before.subtracting(now))
        defer { discoveryErrors = errors }
        var notes: [AccountNote] = []
        if now != before {
            notes.append(
                AccountNote(
                    .info, "discovery changed",
                    [
                        "added": "\(now.subtracting(before).count)", "removed": "\(before.subtracting(now).count)",
                        "addons": "\(now.count)",
                    ]))
        }
        if let error = errors.first, errors != discoveryErrors {
            // An outage of the account has a line of its own.
            notes.append(
                AccountNote(
                    outages.isOutage ? .debug : .warning, "discovery incomplete",
                    ["failed": "\(errors.count)", "reason": error.reason.rawValue, "error": error.message]))
        } else if errors.isEmpty, !discoveryErrors.isEmpty {
            notes.append(AccountNote(.info, "discovery complete again"))
        }
        return notes
    }

    static func metadata(_ key: AddonKey?, _ trouble: Trouble? = nil) -> [String: String] {
        var metadata: [String: String] = [:]
        metadata["project"] = key?.project
        metadata["addon"] = key?.addon
        if let trouble {
            metadata["reason"] = trouble.reason
            metadata["status"] = trouble.status.map(String.init)
            metadata["error"] = trouble.message
            metadata["remedy"] = trouble.remedy
            metadata["northflank_says"] = trouble.detail
        }
        return metadata
    }

    /// A duration in whole seconds, as the configuration writes durations.
    static func age(_ duration: Duration) -> String {
        PrometheusDuration.text(.seconds(max(0, duration.components.seconds)))
    }
}
