import Backups
import Reports

/// The answer, and whether it can be relied on.
extension FleetPage {
    var answer: HTML {
        """
        <section id=answer class=ans>\(notes)<h1 class=\(verdict.tone.cssClass)>\(headline)</h1>
        \(rest)\(newestChange)</section>
        """
    }

    /// What concerns the exporter itself, such as a wrong clock.
    private var notes: HTML {
        report.accountLines.filter { $0.names == ["exporter"] }.map { line in
            "<p class=note>\(line.text.asSentence)</p>\n" as HTML
        }.joined()
    }

    /// The verdict, with the number of databases as a link to them.
    private var headline: HTML {
        guard let subject = verdict.subject else { return "\(verdict.sentence)" }
        let rest = String(verdict.sentence.dropFirst(subject.count))
        return "<a href=\"\(links.only(FleetFilter.bad))\">\(subject)</a>\(rest)"
    }

    /// Every database is counted, in the headline or here.
    private var rest: HTML? {
        guard !report.addons.isEmpty else {
            let isRead = !report.accounts.isEmpty && report.accounts.allSatisfy { $0.reachable == true }
            guard isRead else { return nil }
            return """
                <p>The configuration leaves no addon. Check the filters of discovery: \
                <code>northflank-backup-exporter check-config</code></p>

                """
        }
        // As the headline calls them.
        let notJudged = verdict.isBeginning ? "not checked yet" : "cannot be judged"
        let others: [(HealthState, String)] = [
            (.unknown, notJudged), (.ok, "protected as decided"), (.waived, "waived"), (.paused, "paused"),
        ]
        let counts = HealthReport.byState(report.addons)
        let parts = others.compactMap { state, words -> HTML? in
            guard let count = counts[state.rawValue] else { return nil }
            return "<a href=\"\(links.only([state]))\">\(CountText.text(count))</a> \(words)"
        }
        return parts.isEmpty ? nil : "<p>\(parts.joined(separator: ", ")).</p>\n"
    }

    private var newestChange: HTML? {
        let troubled = report.addons.prefix { HealthState.named($0.state).map { $0 < .waived } ?? true }
        guard let newest = troubled.max(by: { ($0.since ?? "") < ($1.since ?? "") }), let since = newest.since else {
            return nil
        }
        return """
            <p class=mu>Newest change: <a href="\(URLText.addon(newest.account, newest.project, newest.addon))">\
            \(newest.addonName)</a> became \(newest.state) \(relative(since)).</p>
            """
    }
}
