import Backups
import Reports

/// The counts as filters, the search and the grouping: links and a form, which need no script.
extension FleetPage {
    /// More projects than a menu is good for.
    private static let mostOptions = 300

    var chips: HTML {
        var others = links.filter
        others.states = []
        let among = report.filtered(by: others)
        let counts = HealthReport.byState(among.addons)
        let bad = FleetVerdict(among).bad
        let states = HealthState.allCases.compactMap { state -> HTML? in
            let count = counts[state.rawValue, default: 0]
            guard count > 0 || links.filter.states == [state] else { return nil }
            return chip([state], "\(HTML.icon(state.rawValue))\(state.rawValue)", count, Tone(state.rawValue))
        }
        return """
            <ul id=chips class=chips aria-label="Show only">\(chip([], "all", among.addons.count))
            \(bad > 0 ? chip(FleetFilter.bad, "not protected", bad) : nil)
            \(states.joined(separator: "\n"))</ul>
            """
    }

    private func chip(_ states: Set<HealthState>, _ words: HTML, _ count: Int, _ tone: Tone? = nil) -> HTML {
        let current: HTML? = links.filter.states == states ? " aria-current=true" : nil
        return """
            <li\(tone.map { " class=\($0.cssClass)" as HTML })><a href="\(links.with { $0.filter.states = states })"\(current)>\
            \(words) <b>\(CountText.text(count))</b></a></li>
            """
    }

    var form: HTML {
        let kept = links.parameters.filter { ["state", "by", "refresh"].contains($0.0) }.map { name, value in
            "<input type=hidden name=\(name) value=\"\(value)\">" as HTML
        }
        let accounts = Set(report.addons.map(\.account))
        let projects = Set(report.addons.map { "\($0.account)/\($0.project)" })
        let policies = Set(report.addons.compactMap(\.policy))
        return """
            <form role=search action="./">\(kept.joined())<input type=search name=q value="\(links.text)" \
            aria-label="Name, path, type or tag" placeholder="Name, path, type or tag   ( / )">
            \(menu("account", "Every account", accounts, links.filter.account))\
            \(menu("project", "Every project", projects, links.filter.project))\
            \(menu("policy", "Every policy", policies, links.filter.policy))<button>Show</button>
            <p class=by>Group by \(groupings.joined())</p></form>
            """
    }

    /// Nil where there is nothing to choose.
    private func menu(_ name: HTML, _ every: String, _ values: Set<String>, _ chosen: String?) -> HTML? {
        let all = values.union([chosen].compactMap(\.self))
        guard all.count > 1 || chosen != nil else { return nil }
        let shown = values.count > Self.mostOptions ? Set([chosen].compactMap(\.self)) : all
        if shown.isEmpty { return nil }
        let options = shown.sorted().map { value in
            "<option\(value == chosen ? " selected" : nil)>\(value)" as HTML
        }
        return "<select name=\(name) aria-label=\"\(name)\"><option value=\"\">\(every)\(options.joined())</select>\n"
    }

    private var groupings: [HTML] {
        FleetQuery.Grouping.allCases.compactMap { grouping in
            if grouping == links.grouping { return "<b aria-current=true>\(grouping.rawValue)</b>" }
            switch grouping {
            case .account where report.accounts.count < 2: return nil
            case .policy where !report.addons.contains { $0.policy != nil }: return nil
            case .owner where !report.addons.contains { $0.owner != nil }: return nil
            default: return "<a href=\"\(links.with { $0.grouping = grouping })\">\(grouping.rawValue)</a>"
            }
        }
    }
}
