import Backups
package import Reports

/// The page at `/`: how the whole fleet is protected, and the databases that the query chooses, worst first.
package struct FleetPage {
    let report: HealthReport
    let verdict: FleetVerdict
    let links: FleetLinks
    let now: Timestamp
    /// What of the query is not understood, for people; nil if all is.
    let problem: String?
    let rows: FleetRows
    private let frame: PageFrame

    /// - Parameters:
    ///   - report: of all addons.
    ///   - query: names and values of the URL's query, decoded.
    package init(_ report: HealthReport, query: [(name: String, value: String)], links: PageLinks, version: String) {
        let reloads = !query.contains { $0 == ("refresh", "off") }
        var asked = FleetQuery()
        var problem: String?
        do throws(FleetFilter.Problem) {
            asked = try FleetQuery(query: query)
            problem = asked.filter.unknownName(in: report)?.description
        } catch {
            problem = error.description
        }
        let unknown = FleetQuery.unknown(in: query).first { $0 != "refresh" }
        if problem == nil, let unknown { problem = "\(unknown) is not known" }
        self.report = report
        self.links = FleetLinks(filter: asked.filter, grouping: asked.grouping, reloads: reloads)
        verdict = FleetVerdict(report)
        now = report.madeAt
        rows = FleetRows(report, asked)
        if problem == nil, let page = asked.page, page > rows.pages {
            problem = HealthReport.Page.problem(page, of: rows.pages).description
        }
        self.problem = problem
        var other = self.links
        other.reloads.toggle()
        frame = PageFrame(
            links: links, version: version, now: UTCTime(now), reloads: reloads,
            address: self.links.address(page: rows.page), otherAddress: other.address(page: rows.page))
    }

    package var bytes: [UInt8] {
        frame.page(
            title: title, tone: verdict.tone, isFleet: true,
            main: """
                \(answer)
                \(accounts)
                \(chips)
                \(form)
                <div id=list>
                \(problem.map(problemText) ?? list)
                </div>
                """
        ).bytes
    }

    private var title: String {
        if report.addons.isEmpty { return "nothing known" }
        if verdict.bad > 0 { return "\(CountText.text(verdict.bad)) not protected" }
        if verdict.unknown > 0 { return "\(CountText.text(verdict.unknown)) not judged" }
        return "all protected"
    }

    private func problemText(_ problem: String) -> HTML {
        """
        <p class=none>\(problem.asSentence) \
        <a href="./">All \(CountText.text(report.addons.count, of: "database"))</a></p>
        """
    }
}

extension FleetPage {
    /// An instant as its distance from now, which counts on; nil for a text that is no time.
    func distance(_ text: String) -> (html: HTML, isPast: Bool)? {
        Timestamp(rfc3339: text).map { instant in
            let distance = instant > now ? instant - now : now - instant
            return (
                "<time datetime=\(UTCTime(instant).instant.text)>\(DurationText.age(distance))</time>", instant <= now
            )
        }
    }

    /// Such as `14m ago` and `in 2h 3m`.
    func relative(_ text: String) -> HTML {
        guard let (html, isPast) = distance(text) else { return "\(text)" }
        return isPast ? "\(html) ago" : "in \(html)"
    }
}
