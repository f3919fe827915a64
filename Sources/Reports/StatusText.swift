package import Backups

/// A report as text for a terminal, a pipe or a log: what makes the answer incomplete, the rows, the counts, and the
/// verdict as the last line.
package struct StatusText: Equatable, Sendable {
    let report: HealthReport
    /// The states that the user names; empty if none.
    let states: Set<HealthState>
    let showsAll: Bool
    /// In characters; nil for no limit, as in a pipe.
    let width: Int?
    let paint: StatusPaint

    /// The narrowest layout; a narrower terminal breaks its lines itself.
    package static let leastWidth = 60
    /// From this width on there is room for all columns.
    static let wide = 110

    /// - Parameters:
    ///   - report: the addons that match the user's filter.
    ///   - states: the states that the filter names.
    ///   - showsAll: whether addons that are well have rows, too.
    ///   - width: in characters; nil for no limit.
    package init(
        _ report: HealthReport, states: Set<HealthState> = [], showsAll: Bool = false, width: Int? = nil,
        colours: Bool = false
    ) {
        self.report = report
        self.states = states
        self.showsAll = showsAll
        self.width = width.map { max(Self.leastWidth, $0) }
        paint = StatusPaint(isOn: colours)
    }

    /// The addons with a row of their own: those that are not protected, and those that are not judged for a reason of
    /// their own.
    var rows: [HealthReport.Addon] {
        // An addon that is asked for by name has its row.
        let isOne = report.filter != nil && report.addons.count == 1
        if showsAll || isOne || !states.isEmpty { return report.addons }
        let bad = FleetFilter.bad.union([.unknown]).map(\.rawValue)
        return report.addons.filter { bad.contains($0.state) && !report.isUnknownWithAccount($0) }
    }

    package var text: String {
        let parts = [accountLines, tableLines, endLines].filter { !$0.isEmpty }
        return parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private var accountLines: [String] {
        var lines = report.accountLines.flatMap { line in
            let mark = line.isTrouble ? "! " : "  "
            let wrapped = self.wrapped("\(line.names.joined(separator: ", ")): \(line.text)", after: mark)
            return line.isTrouble ? [paint.mark(mark) + wrapped[0].dropFirst(2)] + wrapped.dropFirst() : wrapped
        }
        if report.isOutage, !rows.isEmpty,
            let since = report.accounts.compactMap({ $0.error?.since }).max().flatMap({ Timestamp(rfc3339: $0) })
        {
            lines += wrapped(
                "The rows show the checks before \(since.clock(now: report.madeAt)); nothing becomes late meanwhile.",
                after: "  ")
        }
        guard showsAll else { return lines }
        return lines
            + report.accounts.flatMap { account in
                account.notes.flatMap { wrapped("\(account.account): \($0)", after: "  ") }
            }
    }

    private var tableLines: [String] {
        guard !rows.isEmpty else { return [] }
        let rows = rows.map { StatusRow($0, now: report.madeAt) }
        return StatusTable(rows, isWide: width.map { $0 >= Self.wide } ?? true, width: width, paint: paint).lines
    }

    private var endLines: [String] {
        guard !report.addons.isEmpty else { return wrapped(report.headline).map(paint.verdict(report)) }
        var counts = report.counts.map { "\(CountText.text($0.count)) \($0.state)" }.joined(separator: ", ")
        if let filter = report.filter {
            counts += " (of \(CountText.text(filter.of, of: "database")); filter: \(filter.text))"
        }
        return wrapped(counts) + wrapped(report.headline).map(paint.verdict(report))
    }

    func wrapped(_ text: String, after head: String = "") -> [String] {
        TextLayout.wrapped(text, after: head, width: width ?? .max)
    }

    /// A line for each account that cannot be read and for each row: state, since when, name and reason, separated by
    /// tabs.
    package var oneline: String {
        let accounts = report.accounts.compactMap { account in
            account.error.flatMap { error in
                account.reachable == false
                    ? ["account", error.since, account.account, "\(error.reason): \(error.message)"] : nil
            }
        }
        let addons = rows.map { [$0.state, $0.since ?? "-", $0.path, $0.reason] }
        return (accounts + addons).map { cells in
            cells.map { cell in String(cell.map { $0.isNewline || $0 == "\t" ? " " : $0 }) }
                .joined(separator: "\t") + "\n"
        }.joined()
    }
}

extension HealthReport.Addon {
    /// The worst finding; without any, what there is to say of the addon, which can be nothing.
    var reason: String {
        (state == HealthState.waived.rawValue ? notes.first : nil) ?? findings.first?.text ?? notes.first ?? ""
    }
}
