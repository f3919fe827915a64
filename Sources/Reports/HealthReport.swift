package import Backups
import FoundationEssentials

/// Every addon with its verdict and the reasons in words: the content of the page and the output of the command line.
package struct HealthReport: Codable, Equatable, Sendable {
    package struct Reason: Codable, Equatable, Sendable {
        /// The state of an addon that has only this reason.
        package var state: String
        /// For people.
        package var text: String
    }

    package struct Addon: Codable, Equatable, Sendable {
        package var account: String
        package var project: String
        package var addon: String
        package var projectName: String
        package var addonName: String
        package var type: String
        package var state: String
        /// The worst first; empty if the state is ok.
        package var reasons: [Reason]
        /// RFC 3339 in UTC, like the other times: the end of the newest completed backup, imports aside.
        package var lastCompleted: String?
        /// The next slot of any type.
        package var nextDue: String?
        package var lastObserved: String?
    }

    /// When the report was made.
    package var generatedAt: String
    /// Such as `1 of 3` if the addons are a part of the fleet; nil for the whole fleet.
    package var shard: String?
    /// The worst first, then by name.
    package var addons: [Addon]

    package init(_ addons: [Backups.Addon], shard: Shard = .whole, now: Timestamp) {
        generatedAt = now.text
        self.shard = shard.isPart ? "\(shard)" : nil
        self.addons = addons.sorted { ($0.verdict.state, $0.key) < ($1.verdict.state, $1.key) }
            .map { HealthReport.Addon($0, now: now) }
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

    /// Whether every addon is protected, or paused.
    package var isAllWell: Bool {
        addons.allSatisfy { $0.state == HealthState.ok.rawValue || $0.state == HealthState.paused.rawValue }
    }
}

extension HealthReport.Addon {
    init(_ addon: Backups.Addon, now: Timestamp) {
        account = addon.key.account
        project = addon.key.project
        self.addon = addon.key.addon
        projectName = addon.projectName
        addonName = addon.addonName
        type = addon.type
        state = addon.verdict.state.rawValue
        reasons = addon.verdict.findings.map {
            HealthReport.Reason(state: $0.state.rawValue, text: $0.text(now: now))
        }
        let completed = BackupType.allCases.filter { $0 != .imported }
            .compactMap { addon.summary?.completed($0)?.newest.endOrCreation }
        lastCompleted = completed.max()?.text
        nextDue = addon.due.map(\.slot).min()?.text
        lastObserved = addon.lastObserved?.text
    }
}

extension HealthReport {
    /// The report as JSON, keys in a fixed order.
    package var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        // Texts and numbers can always be encoded.
        return (try? encoder.encode(self)).map(Array.init) ?? []
    }

    /// - Throws: `DecodingError` if the bytes are not a report.
    package init(json: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(HealthReport.self, from: Data(json))
    }
}
