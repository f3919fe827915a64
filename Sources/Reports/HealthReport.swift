package import Backups

/// Every account and every addon with its verdict and its findings in words: the content of the page and the output of
/// the command line. Times are RFC 3339 in UTC.
package struct HealthReport: Codable, Equatable, Sendable {
    /// Why an account or an addon cannot be read.
    package struct Problem: Codable, Equatable, Sendable {
        /// The value of the label `reason`.
        package var reason: String
        /// The HTTP status.
        @OrNull package var status: Int?
        package var message: String
        package var since: String
        @OrNull package var remedy: String?
    }

    package struct Account: Codable, Equatable, Sendable {
        package var account: String
        /// Whether its last answer was a good one; nil before the first.
        @OrNull package var reachable: Bool?
        @OrNull package var error: Problem?
        /// Addons that are watched.
        package var addons: Int
        /// What is wrong with the account as a whole, though it can be read; nil if nothing is.
        package var findings: [AccountFinding]?
        /// For people, beside the error and the findings.
        package var notes: [String] = []
        /// What Northflank said last about the account's rate limit; nil before the first answer.
        @OrNull package var requests: Requests?
        /// Nil once every addon was checked since the start.
        @OrNull package var firstChecks: FirstChecks?
        /// The addon that was checked longest ago; nil while none was.
        @OrNull package var oldestCheck: Check?
    }

    /// The requests of a window of an account's rate limit, for all of its clients.
    package struct Requests: Codable, Equatable, Sendable {
        package var limit: Int
        package var left: Int
        package var resetsAt: String
    }

    /// How many addons were checked since the start.
    package struct FirstChecks: Codable, Equatable, Sendable {
        package var observed: Int
        package var of: Int
        /// Nil while it is not known.
        @OrNull package var expectedEnd: String?
        /// The request budget if the checks wait for it.
        @OrNull package var requestsPerHour: Int?
    }

    package struct Check: Codable, Equatable, Sendable {
        package var project: String
        package var addon: String
        package var at: String
    }

    /// The backups of one type, or of all types together where a limit is for these.
    package struct TypeFacts: Codable, Equatable, Sendable {
        /// Such as `dump`; nil for all types together.
        @OrNull package var type: String?
        /// The end of the newest completed backup.
        @OrNull package var lastCompleted: String?
        /// The size of that backup.
        @OrNull package var sizeBytes: Int64?
        /// The longest allowed age of the newest completed backup.
        @OrNull package var limitSeconds: Int64?
        /// The next slot.
        @OrNull package var nextDue: String?
        /// The usual sizes; nil while too few are known.
        @OrNull package var usualLowBytes: Int64?
        @OrNull package var usualHighBytes: Int64?
    }

    package struct AccountFinding: Codable, Equatable, Sendable {
        /// `time-zone` or `shrunk`.
        package var kind: String
        package var since: String
        /// For people.
        package var text: String
    }

    package struct Finding: Codable, Equatable, Sendable {
        /// Such as `too-old`; `paused` for a pause.
        package var kind: String
        /// The state of an addon that has only this finding.
        package var state: String
        @OrNull package var since: String?
        /// For people.
        package var text: String
        /// The type of backup; nil for all types together.
        @OrNull package var type: String?
    }

    /// That the addon need not be protected for a time.
    package struct Waiver: Codable, Equatable, Sendable {
        package var reason: String
        /// Who decided it.
        package var owner: String
        package var until: String
        /// The state without the waiver; nil if it is over.
        @OrNull package var state: String?
    }

    package struct Addon: Codable, Equatable, Sendable {
        package var account: String
        package var project: String
        package var addon: String
        package var projectName: String
        package var addonName: String
        package var type: String
        /// In alphabetical order; nil before anything is known of the addon.
        @OrNull package var tags: [String]?
        /// The name of the first policy with a name that matches.
        @OrNull package var policy: String?
        /// Who answers for the addon, as decided.
        @OrNull package var owner: String?
        /// In force or over; nil if there is none.
        @OrNull package var waiver: Waiver?
        package var state: String
        @OrNull package var since: String?
        /// The worst first; empty if the state is ok.
        package var findings: [Finding]
        @OrNull package var error: Problem?
        /// The end of the newest completed backup, imports aside.
        @OrNull package var lastCompleted: String?
        /// The next slot of any type.
        @OrNull package var nextDue: String?
        @OrNull package var lastObserved: String?
        @OrNull package var goneSince: String?
        /// For people, beside the findings: the waiver, why the addon cannot be read, what to do, when the first backup is
        /// due, and that its last check is old.
        package var notes: [String] = []
        /// The state in one sentence: the waiver, the worst finding, or the newest backup.
        package var text = ""
        /// One entry for each type that has a completed backup, a slot or a limit.
        package var byType: [TypeFacts] = []
        /// What became of the backups of each of the last 14 days in UTC, the newest day last: `completed`, `running`,
        /// `aborted`, `missed`, `failed`, or `none` if no backup was due; nil before the first check.
        @OrNull package var lastDays: [String]?
    }

    /// When the report was made.
    package var generatedAt: String
    /// Nil for a report of every addon.
    package var filter: Filter?
    /// Nil for all pages.
    package var page: Page?
    /// Such as `1 of 3` if the addons are a part of the fleet; nil for the whole fleet.
    package var shard: String?
    /// By name.
    package var accounts: [Account]
    /// The worst first, then by name.
    package var addons: [Addon]

    /// The time of `generatedAt`.
    package var madeAt: Timestamp { Timestamp(rfc3339: generatedAt) ?? .distantPast }

    /// The number of addons in each state, the worst first; without states that have no addon.
    package var counts: [(state: String, count: Int)] { Self.counts(addons) }

    /// The number of addons in each state, the worst first; without states that have no addon.
    package static func counts(_ addons: some Sequence<Addon>) -> [(state: String, count: Int)] {
        let counts = byState(addons)
        return HealthState.allCases.map(\.rawValue).compactMap { state in counts[state].map { (state, $0) } }
    }

    /// The number of addons in each state that has some.
    package static func byState(_ addons: some Sequence<Addon>) -> [String: Int] {
        addons.reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
    }

    /// The verdict on all addons in one sentence.
    package var headline: String { FleetVerdict(self).sentence }

    /// Whether every addon is protected, paused or waived, and no account is without addons because it cannot be read.
    package var isAllWell: Bool {
        addons.allSatisfy { [HealthState.ok, .paused, .waived].map(\.rawValue).contains($0.state) }
            && !accounts.contains { $0.reachable == false && $0.addons == 0 }
    }
}
