import Backups
import Reports

/// The accounts: whether they can be read, why not, since when, what to do; and how fresh their data are.
extension FleetPage {
    /// Accounts without trouble that are shown at once.
    private static let mostQuiet = 6

    var accounts: HTML {
        let cards = report.accounts.map { account in (isTroubled: isTroubled(account), html: card(account)) }
        let troubled = cards.filter(\.isTroubled).map(\.html)
        let quiet = cards.filter { !$0.isTroubled }.map(\.html)
        let more = quiet.dropFirst(Self.mostQuiet)
        let rest: HTML? =
            more.isEmpty
            ? nil
            : """
            <details data-k=accounts><summary>\(CountText.text(more.count, of: "more account"))</summary>\
            <div class=acc>\(more.joined())</div></details>
            """
        return
            "<div id=accounts><div class=acc>\((troubled + quiet.prefix(Self.mostQuiet)).joined())</div>\(rest)</div>"
    }

    private func isTroubled(_ account: HealthReport.Account) -> Bool {
        account.reachable == false || account.error != nil || account.findings?.isEmpty == false
    }

    /// The report of one account alone.
    func own(_ account: String) -> HealthReport {
        var filter = FleetFilter()
        filter.account = account
        return report.filtered(by: filter)
    }

    private func card(_ account: HealthReport.Account) -> HTML {
        let own = own(account.account)
        let bad = FleetVerdict(own).bad
        let count = own.addons.isEmpty ? "none known" : CountText.text(own.addons.count, of: "database")
        let badLink: HTML? =
            bad == 0
            ? nil
            : ", <a href=\"\(links.only(FleetFilter.bad, account: account.account))\">\(CountText.text(bad)) not protected</a>"
        return """
            <section class=\(account.reachable == false ? "b" : "g")><h2>\
            <a href="\(links.only([], account: account.account))">\(account.account)</a> \(reachability(account))\
            <small>\(count)\(badLink)</small></h2>
            \(lines(own, account))<dl>\(facts(account))</dl></section>

            """
    }

    private func reachability(_ account: HealthReport.Account) -> HTML {
        switch account.reachable {
        case true?: HTML.pill("ok", word: "reachable")
        case false?: HTML.pill("failing", word: "unreachable")
        case nil: HTML.pill("unknown", word: "not read yet")
        }
    }

    private func lines(_ own: HealthReport, _ account: HealthReport.Account) -> HTML {
        let troubles = own.accountLines.filter { $0.names.contains(account.account) }.map { line -> HTML in
            line.isTrouble ? "<p class=e>\(line.text.asSentence)</p>\n" : "<p>\(line.text.asSentence)</p>\n"
        }
        return troubles.joined() + account.notes.map { "<p class=mu>\($0.asSentence)</p>\n" as HTML }.joined()
    }

    private func facts(_ account: HealthReport.Account) -> HTML {
        var rows: [HTML] = []
        if let requests = account.requests {
            let width = requests.limit > 0 ? min(60, max(0, 60 * requests.left / requests.limit)) : 0
            let until = Timestamp(rfc3339: requests.resetsAt).map { " until \(UTCTime($0).clock) UTC" } ?? ""
            rows.append(
                """
                <dt>Requests left</dt><dd>\(CountText.text(requests.left)) of \(CountText.text(requests.limit))\(until) \
                <svg class=bud viewBox="0 0 60 4" aria-hidden=true><path d="M0 2h\(width)"/></svg></dd>
                """)
        }
        if let oldest = account.oldestCheck {
            rows.append(
                """
                <dt>Oldest check</dt><dd>\(relative(oldest.at)), \
                <a href="\(URLText.addon(account.account, oldest.project, oldest.addon))">\(oldest.project)/\(oldest.addon)</a></dd>
                """)
        }
        return rows.joined()
    }
}
