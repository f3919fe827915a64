import Reports

/// What was decided for the addon, and what the verdict is made of.
extension AddonPage {
    var decisions: HTML {
        """
        <section class=part aria-labelledby=dec><h2 id=dec>What was decided</h2>
        <dl>\(decidedRows.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" as HTML }.joined())</dl>
        \(limits)</section>
        """
    }

    private var decidedRows: [(String, HTML)] {
        let decided = addon.decided
        let place: HTML? = decided.source.map { " <code>\($0)</code>" }
        let policy: HTML =
            decided.policy.map { "<a href=\"./?policy=\(URLText.encoded($0))\">\($0)</a>\(place)" } ?? "none"
        var rows: [(String, HTML)] = [("Policy", policy)]
        if let owner = decided.owner { rows.append(("Owner", "\(owner)")) }
        if let onGone = decided.onGone { rows.append(("When it is gone", "\(onGone)")) }
        if let waiver = decided.waiver {
            let source: HTML? = waiver.source.map { " <code>\($0)</code>" }
            let end: HTML = waiver.isInForce ? "until \(time(waiver.until))" : "ended \(time(waiver.until))"
            rows.append(("Waiver", "\(waiver.reason) (\(waiver.owner)), \(end) UTC\(source)"))
        }
        return rows
    }

    private var limits: HTML {
        guard !addon.limits.isEmpty else { return "<p>No limits: there is no backup left to measure.</p>" }
        let rows = addon.limits.map { limit -> HTML in
            // A value without a limit is neither kept nor broken.
            let state: HTML? =
                limit.atLeast == nil && limit.atMost == nil
                ? nil
                : HTML.pill(limit.isPast ? "failing" : "ok", word: limit.isPast ? "past the limit" : "kept")
            return """
                <tr><th scope=row>\(limit.name.asTitle)<br><small>\(limit.source)</small></th><td>\(limit.valueText)</td>\
                <td>\(limit.limitText)</td><td class=\(limit.isPast ? "b" : "g")>\(state)</td></tr>
                """
        }
        return """
            <div class=wide tabindex=0 role=group aria-label=Limits><table class=rows>\
            <thead><tr><th>Rule</th><th>Is</th><th>Limit</th><th><span class=vh>Kept</span></th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
            """
    }

    var evidence: HTML {
        let next = addon.nextRows.filter { !["dump", "snapshot", "expiry"].contains($0.0) }
        let rows = addon.evidenceRows + next.map { ("next \($0.0)", $0.1) }
        let json = "api/addons/" + URLText.encoded("\(addon.account)/\(addon.project)/\(addon.addon)")
        return """
            <section class=part aria-labelledby=evi><h2 id=evi>Is this data fresh?</h2>
            <dl>\(rows.map { "<dt>\($0.0.asTitle)</dt><dd>\($0.1)</dd>" as HTML }.joined())\
            <dt>Raw</dt><dd><a href="\(json)?days=\(Self.days)">JSON of this page</a></dd></dl>
            <h3>Restores</h3>
            \(restores)</section>
            """
    }

    private var restores: HTML {
        if addon.restores.isEmpty { return "<p>None: \(addon.noRestores ?? "none is known").</p>" }
        let rows = addon.restores.prefix(10).map { restore -> HTML in
            let of: HTML =
                restore.backupCreatedAt.map { created in
                    "of the \(restore.backupType ?? "backup") of \(time(created))"
                } ?? "of an unknown backup"
            let took = restore.tookSeconds.map { ", in \(DurationText.attempt(.seconds($0)))" } ?? ""
            return
                "<li>\(time(restore.endedAt)) UTC: \(restore.hasCompleted ? "completed" : "failed"), \(of)\(took)</li>"
        }
        return "<ul class=plain>\(rows.joined())</ul>"
    }
}
