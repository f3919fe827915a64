import Backups
import Reports

/// The attempts of the last days: where they lie in time, and a table, the newest first.
extension AddonPage {
    var attempts: HTML {
        let all = addon.attempts
        guard !all.isEmpty else {
            return """
                <section class=part aria-labelledby=att><h2 id=att>Attempts</h2>
                <p>No backup was created in \(Self.days) days.</p></section>

                """
        }
        let shown = self.shown
        let words =
            "\(CountText.text(shown.startIndex + 1)) to \(CountText.text(shown.endIndex)) of "
            + "\(CountText.text(all.count)) in \(Self.days) days, newest first"
        return """
            <section class=part aria-labelledby=att><h2 id=att>Attempts <small>\(words)</small></h2>
            \(timeline)
            <div class=wide tabindex=0 role=group aria-labelledby=att><table class=rows><thead><tr><th>Outcome</th><th>Type</th><th>Started (UTC)</th>\
            <th>Took</th><th>Size</th><th>Version</th><th>Northflank’s id</th></tr></thead><tbody>
            \(shown.map(row).joined(separator: "\n"))</tbody></table></div>
            \(pages)</section>

            """
    }

    /// The attempts of this page of the table.
    private var shown: ArraySlice<Explanation.Attempt> {
        let from = min((page - 1) * Self.rowsAPage, addon.attempts.count)
        return addon.attempts[from..<min(from + Self.rowsAPage, addon.attempts.count)]
    }

    /// The element of an attempt in the table; nil if another page has it.
    func shownAnchor(_ attempt: Explanation.Attempt) -> String? {
        shown.contains { $0.id == attempt.id } ? Self.anchor(attempt) : nil
    }

    private static func anchor(_ attempt: Explanation.Attempt) -> String { "a-\(URLText.encoded(attempt.id))" }

    private func row(_ attempt: Explanation.Attempt) -> HTML {
        let tone: HTML
        let icon: String
        switch attempt.status {
        case "completed": (tone, icon) = ("g", "ok")
        case "failed": (tone, icon) = ("b", "failing")
        default: (tone, icon) = ("q", "waived")
        }
        var notes = attempt.isOutsideSlots ? ["outside any slot"] : []
        if !attempt.isListed { notes.append("not listed any more") }
        return """
            <tr id="\(Self.anchor(attempt))" class=\(tone)><td><b>\(HTML.icon(icon))\(attempt.status)</b></td><td>\(attempt.type)\
            \(notes.isEmpty ? nil : "<br><small>\(notes.joined(separator: ", "))</small>" as HTML)</td>\
            <td>\(time(attempt.createdAt))</td><td>\(attempt.tookText ?? "–")</td><td>\(attempt.sizeText ?? "–")</td>\
            <td>\(attempt.version ?? "–")</td><td><code title="\(attempt.id)">\(attempt.shortID)</code></td></tr>
            """
    }

    /// A mark for each attempt on a line of `days`.
    private var timeline: HTML {
        let span = Duration.seconds(86_400 * Self.days)
        let from = addon.generatedAt.instant - span
        let marks = addon.attempts.reversed().map { attempt -> HTML in
            let share = (attempt.createdAt.instant - from).seconds / span.seconds
            let x = "\((min(1, max(0, share)) * 9960).rounded() / 10)"
            switch attempt.status {
            case "completed": return "<rect x=\"\(x)\" y=8 width=4 height=12 />"
            case "failed": return "<rect class=f x=\"\(x)\" y=2 width=6 height=24 />"
            case "in-progress": return "<rect class=r x=\"\(x)\" y=11 width=4 height=6 />"
            default: return "<rect class=h x=\"\(x)\" y=11 width=4 height=6 />"
            }
        }
        let counts = ["completed", "failed"].map { status in
            "\(CountText.text(addon.attempts.count { $0.status == status })) \(status)"
        }
        return """
            <svg class=tl viewBox="0 0 1000 28" preserveAspectRatio=none role=img \
            aria-label="\(CountText.text(addon.attempts.count, of: "attempt")) in \(Self.days) days: \
            \(counts.joined(separator: ", "))"><path d="M0 14h1000"/>\(marks.joined())</svg>
            """
    }

    private var pages: HTML? {
        let count = (addon.attempts.count + Self.rowsAPage - 1) / Self.rowsAPage
        guard count > 1 else { return nil }
        let links = (1...count).map { number -> HTML in
            number == page
                ? "<b aria-current=page>\(number)</b>"
                : "<a href=\"\(Self.address(addon, page: number, reloads: reloads))#att\">\(number)</a>"
        }
        return "<nav class=pages aria-label=\"Pages of the attempts\">\(links.joined())</nav>"
    }
}
