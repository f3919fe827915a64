import Backups
import Settings

extension FleetFilter {
    /// A value that cannot be understood; the text is for people.
    package struct Problem: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// The names of the parameters of a URL's query that choose addons.
    static let parameters = ["state", "account", "project", "policy", "q"]

    /// A filter of query parameters. `state` takes several names, separated by commas; an empty value chooses nothing.
    ///
    /// - Parameter query: names and values of a URL's query, decoded; other names are left out.
    /// - Throws: `Problem` with the first thing that is wrong.
    package init(query: [(name: String, value: String)]) throws(Problem) {
        for (name, value) in query where name == "state" {
            for state in value.split(separator: ",") { try add(state: String(state)) }
        }
        account = try query.only("account")
        project = try query.only("project")
        policy = try query.only("policy")
        for word in (try query.only("q") ?? "").split(whereSeparator: \.isWhitespace).map(String.init) {
            if word.contains(where: { "*?".contains($0) }) { patterns.append(word) } else { words.append(word) }
        }
    }

    /// A filter of arguments, each of which is a state, a pattern or a text.
    package init(arguments: [String], project: String? = nil, policy: String? = nil) {
        self.project = project
        self.policy = policy
        for argument in arguments {
            if let states = Self.states(named: argument) {
                self.states.formUnion(states)
            } else if Self.isPattern(argument) {
                // As in paths of directories, `shop/` is everything in it.
                patterns.append(argument.hasSuffix("/") ? argument + "*" : argument)
            } else {
                words += argument.split(whereSeparator: \.isWhitespace).map(String.init)
            }
        }
    }

    private mutating func add(state name: String) throws(Problem) {
        guard let states = Self.states(named: name) else {
            throw Problem(
                description: "no state is called \(name); the states are "
                    + HealthState.allCases.map(\.rawValue).joined(separator: ", ")
                    + ", and bad for never to unprotected")
        }
        self.states.formUnion(states)
    }

    private static func states(named name: String) -> Set<HealthState>? {
        name == "bad" ? bad : HealthState(rawValue: name).map { [$0] }
    }

    private static func isPattern(_ text: String) -> Bool { text.contains { "/*?".contains($0) } }
}

extension [(name: String, value: String)] {
    /// The value of a parameter that can be given once; nil if it is missing or empty.
    func only(_ name: String) throws(FleetFilter.Problem) -> String? {
        let values = filter { $0.name == name }.map(\.value)
        guard values.count < 2 else {
            throw FleetFilter.Problem(description: "\(name) is given \(values.count) times; give it once")
        }
        return values.first.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension FleetFilter {
    /// The account, project or policy that no addon of a report has, in words; nil if there is none, and while no addon is
    /// known.
    package func unknownName(in report: HealthReport) -> Problem? {
        guard !report.addons.isEmpty else { return nil }
        func problem(_ kind: String, _ name: String?, _ names: Set<String>, _ others: Set<String> = []) -> Problem? {
            guard let name, !names.contains(name), !others.contains(name) else { return nil }
            let candidates = name.contains("/") ? others : names
            let nearest = EditDistance.nearest(1, to: name, in: candidates).first
            return Problem(
                description: "no database is in \(kind) \(name)" + (nearest.map { " (nearest \(kind): \($0))" } ?? ""))
        }
        let addons = report.addons
        return problem("account", account, Set(addons.map(\.account) + report.accounts.map(\.account)))
            ?? problem(
                "project", project, Set(addons.map(\.project)), Set(addons.map { "\($0.account)/\($0.project)" }))
            ?? problem("policy", policy, Set(addons.compactMap(\.policy)))
    }

    /// That no addon of a report matches, with the nearest project if a pattern names one that does not exist.
    package func noMatch(in report: HealthReport) -> String {
        let projects = Set(report.addons.map(\.project))
        let asked = patterns.compactMap { pattern in pattern.split(separator: "/").dropLast().last.map(String.init) }
            .first { name in !name.contains { "*?".contains($0) } && !projects.contains(name) }
        let nearest = asked.flatMap { EditDistance.nearest(1, to: $0, in: projects).first }
        return "no database matches \(text)" + (nearest.map { " (nearest project: \($0))" } ?? "")
    }
}
