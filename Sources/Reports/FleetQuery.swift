/// What a client asks of the page or of the report: which addons, in which groups, and which page of them.
package struct FleetQuery: Equatable, Sendable {
    package enum Grouping: String, CaseIterable, Sendable {
        case state, account, project, policy, owner
    }

    package var filter = FleetFilter()
    package var grouping = Grouping.state
    /// Nil if the client names none.
    package var page: Int?

    /// The names of the parameters that are understood.
    package static let parameters = FleetFilter.parameters + ["page", "by"]

    package init() {}

    /// - Parameter query: names and values of a URL's query, decoded; other names are left out.
    /// - Throws: `FleetFilter.Problem` with the first thing that is wrong.
    package init(query: [(name: String, value: String)]) throws(FleetFilter.Problem) {
        filter = try FleetFilter(query: query)
        if let text = try query.only("page") {
            guard let number = Int(text), number >= 1 else {
                throw FleetFilter.Problem(description: "page=\(text) is no page; give a number from 1")
            }
            page = number
        }
        if let word = try query.only("by") {
            guard let grouping = Grouping(rawValue: word) else {
                let words = Grouping.allCases.map(\.rawValue).joined(separator: ", ")
                throw FleetFilter.Problem(description: "by=\(word) is not known; known are \(words)")
            }
            self.grouping = grouping
        }
    }

    /// The names that are not understood.
    package static func unknown(in query: [(name: String, value: String)]) -> [String] {
        query.map(\.name).filter { !parameters.contains($0) }
    }
}

extension HealthReport {
    /// The addons that a client asks for, and the page of them if it names one.
    ///
    /// - Throws: `FleetFilter.Problem` if an account, a project, a policy or the page is unknown.
    package func answer(_ query: FleetQuery) throws(FleetFilter.Problem) -> HealthReport {
        if let problem = query.filter.unknownName(in: self) { throw problem }
        let report = filtered(by: query.filter)
        guard let page = query.page else { return report }
        return try report.paged(page)
    }
}
