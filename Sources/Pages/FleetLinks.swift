import Backups
import Reports

/// The addresses of the fleet's page with other filters, relative to it. A filter keeps the others, and begins at the
/// first page.
struct FleetLinks {
    var filter: FleetFilter
    var grouping: FleetQuery.Grouping
    var reloads: Bool

    func address(page: Int = 1) -> String {
        let parameters = self.parameters + (page > 1 ? [("page", "\(page)")] : [])
        guard !parameters.isEmpty else { return "./" }
        return "./?" + parameters.map { "\($0)=\(URLText.encoded($1))" }.joined(separator: "&")
    }

    /// What the page was asked for, without the number of the page.
    var parameters: [(String, String)] {
        let all = [
            ("state", stateText), ("account", filter.account), ("project", filter.project), ("policy", filter.policy),
            ("q", text.isEmpty ? nil : text), ("by", grouping == .state ? nil : grouping.rawValue),
            ("refresh", reloads ? nil : "off"),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }

    private var stateText: String? {
        if filter.states.isEmpty { return nil }
        if filter.states == FleetFilter.bad { return "bad" }
        return HealthState.allCases.filter(filter.states.contains).map(\.rawValue).joined(separator: ",")
    }

    /// What is searched for.
    var text: String { (filter.patterns + filter.words).joined(separator: " ") }

    func with(_ change: (inout FleetLinks) -> Void) -> String {
        var links = self
        change(&links)
        return links.address()
    }

    /// Every addon of these states, whatever else is chosen.
    func only(_ states: Set<HealthState>, account: String? = nil) -> String {
        with { links in
            links.filter = FleetFilter()
            links.filter.states = states
            links.filter.account = account
            links.grouping = .state
        }
    }
}
