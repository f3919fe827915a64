import Backups
import Reports

/// The sections of the list, each with its table.
extension FleetPage {
    var list: HTML {
        if rows.count == 0, rows.folds.isEmpty { return report.addons.isEmpty ? HTML() : nothing }
        let sections =
            rows.grouping == .state
            ? rows.groups.compactMap(stateSection) : rows.groups.filter { !$0.shown.isEmpty }.map(groupSection)
        return "\(sections.joined(separator: "\n"))\n\(pages)"
    }

    /// What was asked, and what there is with a wider filter.
    private var nothing: HTML {
        var project = FleetFilter()
        project.project = links.filter.project
        let wider: HTML? =
            project.isEmpty || project == links.filter
            ? nil
            : """
            <a href="\(links.with { $0.filter = project })">\
            \(CountText.text(report.filtered(by: project).addons.count)) of \(project.project ?? "")</a> ·
            """
        var choice = links.filter
        choice.states = []
        let states: HTML? =
            choice == links.filter || choice.isEmpty
            ? nil
            : "<a href=\"\(links.with { $0.filter = choice })\">\(CountText.text(report.filtered(by: choice).addons.count)) of any state</a> · "
        return """
            <p class=none>No database matches \(links.filter.text). \(wider)\(states)\
            <a href="./">All \(CountText.text(report.addons.count))</a></p>
            """
    }

    private func stateSection(_ group: FleetRows.Group) -> HTML? {
        guard let kind = StateGroup(rawValue: group.name) else { return nil }
        let folds = kind == .unknown && rows.page == 1 ? rows.folds : []
        guard !group.shown.isEmpty || !folds.isEmpty else { return nil }
        let folded = kind == .unknown ? rows.folds.reduce(0) { $0 + $1.count } : 0
        let here =
            group.shown.count < group.addons.count ? "\(CountText.text(group.shown.count)) on this page" : nil
        return """
            <section class=list aria-labelledby=s-\(HTML(markup: kind.rawValue))><h2 id=s-\(HTML(markup: kind.rawValue))>\(kind.title) \
            <span class=mu>\(CountText.text(group.addons.count + folded))</span> <small>\(here.map { "\($0)" as HTML } ?? kind.note)</small>\
            \(kind == .bad ? Strip.key : nil)</h2>
            \(folds.isEmpty ? nil : "<ul class=fold>\(folds.map(fold).joined())</ul>" as HTML)\
            \(group.shown.isEmpty ? nil : table(group.shown))</section>
            """
    }

    private func groupSection(_ group: FleetRows.Group) -> HTML {
        let counts = HealthReport.counts(group.addons).map { "\(CountText.text($0.count)) \($0.state)" }
        let heading = CountText.text(group.addons.count, of: "database") + ": " + counts.joined(separator: ", ")
        return """
            <section class=list><h2>\(title(group.name)) <small>\(heading)</small></h2>
            \(table(group.shown))</section>
            """
    }

    private func title(_ name: String) -> HTML {
        let address: String
        switch rows.grouping {
        case .project: address = links.with { $0.filter.project = name }
        case .account: address = links.with { $0.filter.account = name }
        case .policy where !name.isEmpty: address = links.with { $0.filter.policy = name }
        default: return "\(name.isEmpty ? "No \(rows.grouping.rawValue)" : name)"
        }
        return "<a href=\"\(address)\">\(name)</a>"
    }

    private func fold(_ fold: FleetRows.Fold) -> HTML {
        let line = own(fold.account).accountLines.first { $0.names != ["exporter"] }
        var target = links
        target.filter.states = [.unknown]
        target.filter.account = fold.account
        return """
            <li class=u>\(HTML.pill("unknown"))<span><b>\(CountText.text(fold.count)) in \(fold.account)</b>: \
            \(line?.text ?? "not checked yet.")</span><a href="\(target.address())">Show \
            \(fold.count == 1 ? "it" : "the \(CountText.text(fold.count))")</a></li>
            """
    }

    private func table(_ addons: ArraySlice<HealthReport.Addon>) -> HTML {
        """
        <table><thead><tr><th>State<th>Database<th>Why<th>Last 14 days<th>Age of last good backup<th>Size<th>Next due<th>Checked<tbody>
        \(addons.map(row).joined(separator: "\n"))
        </table>
        """
    }

    private var pages: HTML? {
        guard rows.pages > 1, let range = rows.range else { return nil }
        let words =
            "\(CountText.text(range.lowerBound)) to \(CountText.text(range.upperBound)) of \(CountText.text(rows.count))"
        let numbers = (1...rows.pages).filter { abs($0 - rows.page) < 6 || $0 == 1 || $0 == rows.pages }
        let all = numbers.map { number -> HTML in
            number == rows.page
                ? "<b aria-current=page>\(number)</b>" : "<a href=\"\(links.address(page: number))\">\(number)</a>"
        }
        let next: HTML? =
            rows.page < rows.pages ? "<a rel=next href=\"\(links.address(page: rows.page + 1))\">Next</a>" : nil
        return """
            <nav class=pages aria-label="Pages of the list"><span>\(words)</span>\(all.joined())\(next)</nav>
            """
    }
}
