import Backups

/// The report as a page that stands alone and prints on A4: the summary first, then every addon. No script, nothing from
/// elsewhere.
extension BackupReport {
    package var html: String {
        let name = "Backup report, \(accountNames), \(request.from) to \(request.to)"
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>\(HTMLText.escaped(name))</title>
            <style>
            \(ReportStyle.css(footer: ReportStyle.string(name)))
            </style>
            </head>
            <body>
            <main>
            <h1>\(Self.text(name))</h1>
            <p class="meta">\(Self.text("\(Self.sentence(scope)). \(request.days) days, times in UTC. Made \(UTCTime(madeAt).minute) by northflank-backup-exporter \(version)."))</p>
            <p class="answer">\(Self.text(answer))</p>
            <p class="sub">\(Self.text(answerRest))</p>
            \(figureTable)
            \(failureTable)<h2>By policy</h2>
            \(policyTable)
            \(waiverTable)<h2>What this report does not claim</h2>
            <ul class="notes">\(limitations.map { "<li>\(Self.text($0))</li>" }.joined(separator: "\n"))</ul>
            <h2 class="page2">Each database, worst first</h2>
            \(addonTable)
            <h2>Days without observation</h2>
            <p>\(Self.text(unobservedText))</p>
            <h2>Words</h2>
            <dl>\(Self.glossary.map { "<dt>\(Self.text(Self.sentence($0.0)))</dt><dd>\(Self.text(Self.sentence($0.1))).</dd>" }.joined(separator: "\n"))</dl>
            </main>
            </body>
            </html>

            """
    }

    /// The accounts, if they are few.
    private var accountNames: String {
        accounts.count <= 3 ? accounts.joined(separator: ", ") : "\(accounts.count) accounts"
    }

    private var unobservedText: String {
        let unobserved = observation.unobserved
        if unobserved.isEmpty { return "None in which no database was observed; each database has its own days above." }
        return ReportWords.times(unobserved) + ": no database was observed."
    }

    /// Escaped, with dates that stay on one line.
    private static func text(_ text: String) -> String {
        HTMLText.escaped(text).replacing(/\d{4}-\d{2}-\d{2}/) { "<time>\($0.output)</time>" }
    }

    private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// Two figures in a row: the slots on the right.
    private var figureTable: String {
        let slotNames: Set = ["slots due", "  kept", "  failed", "  missed", "  not judged"]
        let left = figures.filter { !slotNames.contains($0.name) }
        let right = figures.filter { slotNames.contains($0.name) }
        func cells(_ figure: (name: String, text: String)?) -> String {
            guard let figure else { return "<th></th><td></td>" }
            let isInner = figure.name.hasPrefix(" ")
            let name = Self.sentence(String(figure.name.drop { $0 == " " }))
            return
                "<th scope=\"row\"\(isInner ? " class=\"in\"" : "")>\(Self.text(name))</th><td>\(Self.text(figure.text))</td>"
        }
        let rows = (0..<max(left.count, right.count)).map { index in
            let pair = [left, right].map { cells($0.indices.contains(index) ? $0[index] : nil) }
            return "<tr>\(pair.joined())</tr>"
        }
        return "<table class=\"kf\"><tbody>\n\(rows.joined(separator: "\n"))\n</tbody></table>"
    }

    private var failureTable: String {
        guard !unprotected.isEmpty else { return "" }
        let rows = unprotected.map { addon in
            """
            <tr><th scope="row" class="nm2">\(Self.text(addon.name(withAccount: withAccount)))</th>\
            <td>\(Self.text(Self.sentence(addon.failure(in: request.range))))</td>\
            <td class="n bad">\(ReportWords.share(addon.share))</td></tr>
            """
        }
        return """
            <h2>Not protected as decided, worst first</h2>
            <table><thead><tr><th>Database</th><th>What happened</th><th class="n">Time within objective</th></tr></thead><tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table>

            """
    }

    private var policyTable: String {
        let rows = policies.map { policy in
            let cells = [
                "\(policy.databases)", "\(policy.whole) of \(policy.judged)", CountText.text(policy.slots.judged),
                CountText.text(policy.slots.kept),
                ReportWords.percent(policy.slots.kept, of: policy.slots.judged), ReportWords.ratio(policy.lowestShare),
            ]
            return "<tr><th scope=\"row\">\(Self.text(policy.name))</th>\(cells.map(Self.number).joined())</tr>"
        }
        let titles = [
            "Databases", "Whole time", "Slots judged", "Kept", "Share", "Lowest time within objective",
        ]
        return """
            <table><thead><tr><th>Policy</th>\(titles.map { "<th class=\"n\">\($0)</th>" }.joined())</tr></thead><tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table>
            """
    }

    private static func number(_ text: String) -> String { "<td class=\"n\">\(text)</td>" }

    private var waiverTable: String {
        guard !waivers.isEmpty else { return "" }
        let rows = waivers.map { addon, waiver in
            let cells = [
                addon.policyName, waiver.owner, waiver.reason, ReportWords.date(waiver.from),
                ReportWords.date(waiver.until)
                    + (waiver.end < waiver.until ? ", taken back \(ReportWords.date(waiver.end))" : ""),
            ]
            return "<tr><th scope=\"row\" class=\"nm2\">\(Self.text(addon.name(withAccount: withAccount)))</th>"
                + cells.map { "<td>\(Self.text($0))</td>" }.joined() + "</tr>"
        }
        return """
            <h2>Waivers</h2>
            <table><thead><tr><th>Database</th><th>Policy</th><th>Waived by</th><th>Reason</th><th>From</th><th>Until</th></tr></thead><tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table>

            """
    }

    private var addonTable: String {
        let titles = [
            ("Days<br>observed", true), ("Slots<br>due", true), ("Kept", true), ("Failed", true), ("Missed", true),
            ("Not<br>judged", true), ("Within<br>objective", true), ("Recovery<br>point p50,<br>p95", false),
            ("Worst,<br>ended", false), ("Points,<br>reach", true), ("Last restore,<br>longest gap", false),
        ]
        let head = titles.map { "<th\($1 ? " class=\"n\"" : "")>\($0)</th>" }.joined()
        let counts = [slots.due, slots.kept, slots.failed, slots.missed, slots.notJudged]
        let total = counts.map { Self.number(CountText.text($0)) }.joined()
        let share = ReportWords.percent(slots.kept, of: slots.judged)
        return """
            <table class="all"><thead><tr><th>Database</th>\(head)</tr></thead><tbody>
            \(addons.map(row).joined(separator: "\n"))
            </tbody><tfoot><tr><th scope="row">All \(addons.count)</th><td></td>\(total)\
            <td colspan="5" class="q">kept: \(share) of the judged slots</td></tr></tfoot></table>
            """
    }

    private func row(_ addon: ReportedAddon) -> String {
        func small(_ text: String?) -> String { text.map { "<span class=\"sm\">\(Self.text($0))</span>" } ?? "" }
        func dash(_ text: String?) -> String { text == nil || text == "-" ? "–" : Self.text(text ?? "") }
        let slots = addon.allSlots
        let isJudged = addon.notJudged == nil
        let heading = ["\(addon.type), \(addon.policyName)"] + addon.watchedNote(in: pastRange)
        let reason = addon.notJudged.map { ReportedAddon.text($0, addon.waivers) }
        let notes = ([reason] + addon.htmlNotes.map(Optional.some)).compactMap(\.self)
        let counts = [slots.due, slots.kept, slots.failed, slots.missed, slots.notJudged].map { count in
            Self.number(isJudged ? CountText.text(count) : "–")
        }
        let isBad = addon.share.outside > .zero
        let point = isJudged ? addon.recoveryPoint : nil
        let restore = [addon.lastRestore, addon.restoreGap.map { $0 }]
        return """
            <tr><th scope="row"><span class="nm">\(Self.text(addon.name(withAccount: withAccount)))</span>\
            \(small(heading.joined(separator: ", ")))\(notes.map { small($0) }.joined())</th>\
            \(Self.number(ReportWords.days(addon.observed)))\(counts.joined())\
            <td class="n\(isBad ? " bad" : "")">\(isJudged ? dash(ReportWords.share(addon.share)) : "–")</td>\
            <td>\(dash(point.map { ReportWords.age($0.p50) }))\(small(point.map { ReportWords.age($0.p95) }))</td>\
            <td>\(dash(isJudged ? addon.worst : nil))\(small(point.map { _ in addon.worstEnded }))</td>\
            <td class="n">\(addon.restorablePoints)\(small(addon.oldestPointAge.map(ReportWords.reach)))</td>\
            <td\(addon.restores.isKept == false ? " class=\"bad\"" : "")>\(dash(restore[0]))\(small(restore[1]))</td></tr>
            """
    }
}

extension ReportedAddon {
    /// What has no column.
    fileprivate var htmlNotes: [String] {
        if notJudged != nil { return [] }
        var withoutRestores = self
        withoutRestores.restores = RestoreFigures(overdueSince: restores.overdueSince)
        let never = oldestPointAge == nil && goneSince == nil ? ["no completed backup exists"] : []
        return never + withoutRestores.eventNotes
    }
}
