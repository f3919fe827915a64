package import Backups
package import Fleet

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
    }

    package struct AccountFinding: Codable, Equatable, Sendable {
        /// `time-zone`.
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
        /// The state in one sentence: its worst finding, or that the addon is well and by what.
        package var text: String
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
        /// For people, beside the findings: why the addon cannot be read, what to do, and that its last check is old.
        package var notes: [String] = []
    }

    /// When the report was made.
    package var generatedAt: String
    /// Such as `1 of 3` if the addons are a part of the fleet; nil for the whole fleet.
    package var shard: String?
    /// By name.
    package var accounts: [Account]
    /// The worst first, then by name.
    package var addons: [Addon]

    package init(
        _ addons: [Backups.Addon], accounts: [AccountStatus] = [], shard: Shard = .whole, now: Timestamp
    ) {
        generatedAt = now.text
        self.shard = shard.isPart ? "\(shard)" : nil
        self.accounts = accounts.map(HealthReport.Account.init)
        let accounts = Dictionary(accounts.map { ($0.name, $0.polling) }, uniquingKeysWith: { $1 })
        self.addons = addons.sorted { ($0.verdict.state, $0.key) < ($1.verdict.state, $1.key) }
            .map { HealthReport.Addon($0, polling: accounts[$0.key.account], now: now) }
    }

    /// Keeps only addons with this in account/project/addon, and their accounts; all accounts if there is no such addon.
    package mutating func narrow(to part: String) {
        addons.removeAll { !"\($0.account)/\($0.project)/\($0.addon)".contains(part) }
        let names = Set(addons.map(\.account))
        if !names.isEmpty { accounts.removeAll { !names.contains($0.account) } }
    }

    /// The number of addons in each state, the worst first; without states that have no addon.
    package var counts: [(state: String, count: Int)] {
        HealthState.allCases.map(\.rawValue).compactMap { state in
            let count = addons.count { $0.state == state }
            return count > 0 ? (state, count) : nil
        }
    }

    /// The counts in a line, such as `1 failing, 1 ok`.
    package var headline: String {
        let words =
            addons.isEmpty
            ? "no addon is known yet" : counts.map { "\($0.count) \($0.state)" }.joined(separator: ", ")
        return words + (shard.map { " (shard \($0))" } ?? "")
    }

    /// Whether every addon is protected, paused or waived, and no account is without addons because it cannot be read.
    package var isAllWell: Bool {
        addons.allSatisfy { [HealthState.ok, .paused, .waived].map(\.rawValue).contains($0.state) }
            && !accounts.contains { $0.reachable == false && $0.addons == 0 }
    }
}

extension HealthReport.Problem {
    init(_ trouble: Trouble) {
        self.init(
            reason: trouble.reason, status: trouble.status, message: trouble.message, since: trouble.since.text,
            remedy: trouble.remedy)
    }
}

extension HealthReport.Account {
    init(_ account: AccountStatus) {
        self.init(
            account: account.name, reachable: account.polling.isReachable,
            error: account.polling.trouble.map(HealthReport.Problem.init), addons: account.polling.addons,
            findings: account.polling.findings.isEmpty
                ? nil
                : account.polling.findings.map { finding in
                    HealthReport.AccountFinding(kind: finding.kind, since: finding.since.text, text: finding.text)
                },
            notes: [account.polling.takenZone?.note].compactMap(\.self))
    }
}

extension HealthReport.Addon {
    /// - Parameter polling: the status of the addon's account.
    init(_ addon: Backups.Addon, polling: PollingStatus?, now: Timestamp) {
        account = addon.key.account
        project = addon.key.project
        self.addon = addon.key.addon
        projectName = addon.projectName
        addonName = addon.addonName
        type = addon.type
        tags = addon.record?.tags
        policy = addon.decisions?.policy
        owner = addon.decisions?.owner
        waiver = addon.waiver.map { waiver in
            HealthReport.Waiver(
                reason: waiver.reason, owner: waiver.owner, until: waiver.until.text,
                state: addon.verdict.waived?.rawValue)
        }
        let context = FindingContext(addon, account: polling?.trouble, now: now)
        state = addon.verdict.state.rawValue
        text = addon.sentence(context)
        since = addon.standing?.since.text
        findings = addon.verdict.findings.map { finding in
            HealthReport.Finding(
                kind: finding.kind?.rawValue ?? finding.state.rawValue, state: finding.state.rawValue,
                since: addon.standing?.since(finding)?.text,
                text: finding.text(context),
                type: finding.type?.label)
        }
        error = addon.trouble.map(HealthReport.Problem.init)
        lastCompleted = addon.lastCompleted?.text
        nextDue = addon.due.map(\.slot).min()?.text
        lastObserved = addon.lastObserved?.text
        goneSince = addon.isGone ? addon.record?.absence?.since.text : nil
        notes = [
            waiverNote, errorNote(accountReason: polling?.trouble?.reason, now: now), goneNote,
            oldCheckNote(addon.lastObserved, limit: polling?.longestAge ?? .zero, now: now),
        ].compactMap { $0 }
    }
}

extension HealthReport {
    /// The report as JSON, keys in a fixed order.
    package var json: [UInt8] { JSONText.bytes(self) }

    /// - Throws: `DecodingError` if the bytes are not a report.
    package init(json: [UInt8]) throws { self = try JSONText.value(HealthReport.self, json) }
}
