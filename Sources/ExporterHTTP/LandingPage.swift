import Reports

/// The page at `/` for browsers: the state of every addon and the reasons, the worst first.
enum LandingPage {
    /// The number of addons that are shown; a page of thousands is of no use.
    private static let mostAddons = 500

    /// - Parameter telemetryPath: as configured.
    static func html(_ report: HealthReport, version: String, telemetryPath: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta http-equiv="refresh" content="60">
        <title>Northflank backup exporter</title>
        <style>
        \(style)
        </style>
        </head>
        <body>
        <h1>Northflank backup exporter</h1>
        \(summary(report))\(banners(report))
        \(table(report))
        <footer>version \(escape(version)) · as of \(escape(report.generatedAt)) ·
        <a href="\(escape(telemetryPath))">metrics</a> · <a href="/api/health">this table as JSON</a> ·
        <a href="/-/healthy">healthy</a> · <a href="/-/ready">ready</a></footer>
        </body>
        </html>

        """
    }

    private static let style = """
        body { font-family: system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; \
        line-height: 1.45; color: #1b1f24; background: #fff; }
        a { color: #0b57d0; }
        table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
        th { text-align: left; font-weight: 600; }
        th, td { padding: .4rem .75rem .4rem 0; vertical-align: top; border-bottom: 1px solid #d8dee4; }
        td:nth-child(n+4) { white-space: nowrap; }
        .state { font-weight: 600; white-space: nowrap; }
        .bad { color: #b3261e; } .odd { color: #8a5300; } .fine { color: #1a7f37; }
        .muted, footer { color: #57606a; font-size: .875rem; }
        .banner { border-left: .25rem solid; padding-left: .75rem; }
        footer { margin-top: 2rem; }
        @media (prefers-color-scheme: dark) {
          body { color: #e6edf3; background: #0d1117; } a { color: #7cb7ff; } .muted, footer { color: #9198a1; }
          th, td { border-color: #30363d; }
          .bad { color: #ff7b72; } .odd { color: #e3b341; } .fine { color: #56d364; }
        }
        """

    private static func summary(_ report: HealthReport) -> String {
        if report.addons.isEmpty { return "<p>No addons are known yet.</p>" }
        let counts = report.counts.map { "<span class=\"\(look($0.state))\">\($0.count) \(escape($0.state))</span>" }
        let noun = report.addons.count == 1 ? "addon" : "addons"
        let part = report.shard.map { " of shard \(escape($0))" } ?? ""
        return "<p>\(report.addons.count) \(noun)\(part): \(counts.joined(separator: ", "))</p>"
    }

    /// A line for each error, finding and note of an account.
    private static func banners(_ report: HealthReport) -> String {
        report.accounts.flatMap { account in
            let errors = [report.errorText(account)].compactMap(\.self)
            let lines =
                errors.map { (account.reachable == false ? "bad" : "odd", $0) }
                + (account.findings ?? []).map { ("odd", $0.text) } + account.notes.map { ("muted", $0) }
            return lines.map { look, text in
                "\n<p class=\"banner \(look)\"><strong>\(escape(account.account))</strong>: \(escape(text))</p>"
            }
        }.joined()
    }

    private static func table(_ report: HealthReport) -> String {
        if report.addons.isEmpty { return "" }
        var html = """
            <table>
            <thead><tr><th>state</th><th>addon</th><th>why</th><th>last completed (UTC)</th><th>next due (UTC)</th></tr></thead>
            <tbody>

            """
        for addon in report.addons.prefix(mostAddons) { html += row(addon) }
        html += "</tbody>\n</table>"
        let more = report.addons.count - mostAddons
        if more > 0 { html += "\n<p class=\"muted\">and \(more) more that are no worse</p>" }
        return html
    }

    private static func row(_ addon: HealthReport.Addon) -> String {
        let findings = addon.findings.map { escape($0.text) }
        let notes = addon.notes.map { "<span class=\"muted\">\(escape($0))</span>" }
        let reasons = (findings + notes).joined(separator: "<br>")
        return """
            <tr><td class="state \(look(addon.state))">\(escape(addon.state))</td>\
            <td>\(escape(addon.addonName)) <span class="muted">\(escape(addon.type))<br>\
            \(escape(addon.account))/\(escape(addon.project))/\(escape(addon.addon))</span></td>\
            <td>\(reasons)</td><td>\(time(addon.lastCompleted))</td><td>\(time(addon.nextDue))</td></tr>

            """
    }

    private static func time(_ text: String?) -> String {
        text.map { escape($0.replacing("T", with: " ").replacing("Z", with: "")) } ?? "–"
    }

    /// The CSS class of a state.
    private static func look(_ state: String) -> String {
        switch state {
        case "ok", "paused": "fine"
        case "waived": "muted"
        case "unknown", "unprotected", "suspect": "odd"
        default: "bad"
        }
    }

    private static func escape(_ text: String) -> String { HTMLText.escaped(text) }
}
