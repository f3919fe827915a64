import Backups

/// The verdict on all addons of a report in one sentence: the last line of `status`, the headline of the page, and
/// `headline` in JSON.
package struct FleetVerdict: Equatable, Sendable {
    private let report: HealthReport
    /// Not protected as decided.
    package let bad: Int
    /// Not judged, though checked before or not reachable.
    package let unknown: Int
    /// Those of them that were not checked yet, without any trouble.
    package let unchecked: Int
    package let ok: Int

    package init(_ report: HealthReport) {
        self.report = report
        let counts = HealthReport.byState(report.addons)
        func count(_ states: Set<HealthState>) -> Int { states.reduce(0) { $0 + counts[$1.rawValue, default: 0] } }
        bad = count(FleetFilter.bad)
        unknown = count([.unknown])
        ok = count([.ok])
        let unreachable = Set(report.accounts.lazy.filter { $0.reachable == false }.map(\.account))
        unchecked = report.addons.count { addon in
            addon.state == HealthState.unknown.rawValue && addon.lastObserved == nil
                && !unreachable.contains(addon.account)
        }
    }

    package var sentence: String {
        if report.filter != nil { return filtered }
        guard !report.addons.isEmpty else { return empty }
        if bad == 0, unknown == 0 { return allProtected }
        guard let subject else {
            return judgedNothingBad(isBeginning ? "\(are(unknown)) not checked yet" : "cannot be judged")
        }
        let rest = isBeginning ? "; \(CountText.text(unchecked)) not checked yet" : notJudged
        return "\(subject)\(part) \(notProtected)\(rest)."
    }

    /// The beginning of the sentence where databases are not protected, such as `12 of 1,000 databases`.
    package var subject: String? {
        guard bad > 0, report.filter == nil else { return nil }
        let total = report.addons.count
        return "\(CountText.text(bad)) of "
            + (isBeginning ? databases(total - unchecked, "checked ") : databases(total))
    }

    /// Whether nothing but the first check is missing where a database is not judged.
    package var isBeginning: Bool { unknown > 0 && unchecked == unknown }

    package var tone: Tone {
        if bad > 0 { return .bad }
        return unknown > 0 || report.addons.isEmpty ? .unknown : .good
    }

    private var part: String { report.shard.map { " of shard \($0)" } ?? "" }

    private var notJudged: String { unknown > 0 ? "; \(CountText.text(unknown)) cannot be judged" : "" }

    private var notProtected: String {
        report.isOutage
            ? "\(bad == 1 ? "was" : "were") not protected when last checked"
            : "\(are(bad)) not protected as decided"
    }

    private func judgedNothingBad(_ unknownWords: String) -> String {
        "\(CountText.text(unknown)) of \(databases(report.addons.count))\(part) \(unknownWords)"
            + (ok > 0 ? "; \(CountText.text(ok)) \(are(ok)) protected as decided." : ".")
    }

    private var allProtected: String {
        guard ok > 0 else {
            return "Every database\(part) is waived or paused: "
                + report.counts.map { "\(CountText.text($0.count)) \($0.state)" }.joined(separator: ", ") + "."
        }
        let oldest = report.addons.lazy.compactMap(\.lastObserved).min().flatMap { Timestamp(rfc3339: $0) }
        let check = oldest.map { "; oldest check \(DurationText.age(report.madeAt - $0)) ago" } ?? ""
        return "\(ok == 1 ? "" : "All ")\(databases(ok))\(part) \(are(ok)) protected as decided\(check)."
    }

    private var filtered: String {
        let count = report.addons.count
        let matches = "\(databases(count)) \(count == 1 ? "matches" : "match")"
        if count == 0 { return "0 databases match." }
        if bad == 0, unknown == 0 {
            let protected = ok == count && count > 1 ? "all are" : "\(CountText.text(ok)) \(are(ok))"
            return "\(matches); \(protected) protected as decided."
        }
        if bad == 0 { return "\(matches)\(notJudged)." }
        return "\(matches); \(CountText.text(bad)) \(notProtected)\(notJudged)."
    }

    private var empty: String {
        let accounts = report.accounts
        let unread = accounts.count { $0.reachable == false }
        if unread > 0 {
            let all = unread == accounts.count
            let words =
                all
                ? accounts.count == 1
                    ? "the only account cannot be read" : "none of the \(accounts.count) accounts can be read"
                : "\(unread) of \(accounts.count) accounts cannot be read"
            return "0 databases\(part) are known: \(words)."
        }
        if accounts.contains(where: { $0.firstChecks != nil || $0.reachable == nil }) {
            return "0 databases\(part) are known: the lists of projects and addons are not read yet."
        }
        return "0 databases\(part) are watched."
    }

    private func databases(_ count: Int, _ adjective: String = "") -> String {
        "\(CountText.text(count)) \(adjective)database\(count == 1 ? "" : "s")"
    }

    private func are(_ count: Int) -> String { count == 1 ? "is" : "are" }
}
