import Backups
import Reports

/// One database: the worst finding in full, the others folded.
extension FleetPage {
    func row(_ addon: HealthReport.Addon) -> HTML {
        let facts = addon.worstType(now: now)
        let tone = Tone(addon.state)
        // What is well is quiet.
        let since: HTML? =
            tone == .good ? nil : addon.since.flatMap(distance).map { "<small>for \($0.html)</small>" as HTML }
        return """
            <tr class=\(tone.cssClass)><td><b>\(tone == .good ? nil : HTML.icon(addon.state))\(addon.state)</b>\(since)\
            <th><a href="\(URLText.addon(addon.account, addon.project, addon.addon))">\(addon.addonName)</a> \(addon.type)\
            <code>\(addon.path)</code><td>\(why(addon))<td>\(addon.lastDays.map(Strip.html))<td>\(age(addon, facts))\
            <td>\(size(facts))<td>\(addon.nextDue.map(relative) ?? "–")<td>\(addon.lastObserved.map(checked) ?? "–")
            """
    }

    /// Remarks that are not findings stand first where they decide: a waiver.
    private func why(_ addon: HealthReport.Addon) -> HTML? {
        let findings = addon.findings.map(\.text)
        let texts = addon.waiver?.state == nil ? findings + addon.notes : addon.notes + findings
        guard let first = texts.first else { return nil }
        guard texts.count > 1 else { return "\(first.asSentence)" }
        let more = texts.dropFirst().map { "\($0.asSentence)" as HTML }.joined(separator: "<br>")
        return """
            \(first.asSentence)<details data-k="\(addon.path)"><summary>\(texts.count - 1) more</summary>\(more)</details>
            """
    }

    private func age(_ addon: HealthReport.Addon, _ facts: HealthReport.TypeFacts?) -> HTML {
        if addon.state == HealthState.gone.rawValue { return "<b>none</b> left at Northflank" }
        let longest = facts?.limitSeconds.map { Duration.seconds($0) }
        let limit = longest.map { " of \(DurationText.limit($0))" } ?? " no limit"
        // Where no type has a limit or a slot, any backup will do.
        let last = facts == nil ? addon.lastCompleted : facts?.lastCompleted
        guard let last, let completed = Timestamp(rfc3339: last), let distance = distance(last) else {
            return "<b>none</b>\(limit)"
        }
        let bar = longest.map { AgeBar.html(age: max(.zero, now - completed), limit: $0) }
        return "\(distance.html)\(limit)\(bar)"
    }

    /// The page is loaded again before a minute matters.
    private func checked(_ text: String) -> HTML {
        Timestamp(rfc3339: text).map { "\(DurationText.age(max(.zero, now - $0))) ago" } ?? "–"
    }

    private func size(_ facts: HealthReport.TypeFacts?) -> HTML {
        facts?.sizeBytes.map { "\(SizeText.text($0))" } ?? "–"
    }
}

/// The outcomes of the last days as squares; a gap separates the weeks.
enum Strip {
    /// - Parameter days: the oldest first.
    static func html(_ days: [String]) -> HTML {
        if let usual = usual.first(where: { $0.days == days }) {
            return "<svg class=s><use href=\"#\(usual.name)\"/></svg>"
        }
        return "<svg class=s\(label(days))>\(drawing(days))</svg>"
    }

    /// Strips of most databases, which a page draws once: a hundred of them would be a kilobyte and more.
    private static let usual = ["completed", "none"].map { last in
        (name: "days-\(last)", days: [String](repeating: "completed", count: 13) + [last])
    }

    /// The usual strips, for a page to refer to.
    static let sheet = usual.map { "<symbol id=\(HTML(markup: $0.name))>\(drawing($0.days))</symbol>" as HTML }.joined()

    private static func drawing(_ days: [String]) -> HTML {
        var runs: [(outcome: String, from: Int, to: Int)] = []
        for (index, day) in days.enumerated() {
            if let last = runs.last, last.outcome == day, index != 7 {
                runs[runs.count - 1].to = index
            } else {
                runs.append((day, index, index))
            }
        }
        var paths: [(css: String, path: String)] = []
        for (outcome, css) in kinds {
            let path = runs.filter { $0.outcome == outcome }.map { draw(css, $0.from, $0.to) }.joined()
            if !path.isEmpty { paths.append((css, path)) }
        }
        return paths.map { css, path -> HTML in
            css.isEmpty ? "<path d=\"\(path)\"/>" : "<path class=\(css) d=\"\(path)\"/>"
        }.joined()
    }

    private static func label(_ days: [String]) -> HTML? {
        let isEven = days.allSatisfy { $0 == "completed" || $0 == "none" }
        return isEven ? nil : " role=img aria-label=\"\(words(days))\""
    }

    /// The best known first.
    private static let kinds = [
        ("completed", ""), ("failed", "f"), ("missed", "x"), ("aborted", "h"), ("running", "r"), ("none", "n"),
    ]

    private static func draw(_ css: String, _ from: Int, _ to: Int) -> String {
        func x(_ day: Int) -> Int { day * 10 + (day > 6 ? 4 : 0) }
        switch css {
        case "x": return (from...to).map { "M\(x($0)).8 2.8h6.4v6.4h-6.4z" }.joined()
        case "n": return "M\(x(from) + 3) 6h\(x(to) - x(from) + 2)"
        default: return "M\(x(from)) 6h\(x(to) - x(from) + 8)"
        }
    }

    private static func words(_ days: [String]) -> String {
        kinds.compactMap { outcome, _ in
            let count = days.count { $0 == outcome }
            return count > 0 && outcome != "none" ? "\(count) \(outcome)" : nil
        }.joined(separator: ", ")
    }

    /// What the squares mean.
    static let key: HTML = {
        let entries = kinds.map { outcome, css -> HTML in
            let square: HTML = "<svg class=s aria-hidden=true><path class=\"\(css)\" d=\"\(draw(css, 0, 0))\"/></svg>"
            return "<span>\(square)\(outcome == "none" ? "none due" : outcome)</span>"
        }
        return "<span class=key>\(entries.joined())</span>"
    }()
}
