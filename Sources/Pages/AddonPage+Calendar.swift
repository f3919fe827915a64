import Backups
import Reports

/// The slots of the last days: a row for each type, a cell for each day.
extension AddonPage {
    var calendar: HTML {
        guard !addon.slots.isEmpty else {
            return """
                <section class=part aria-labelledby=cal><h2 id=cal>Last \(Self.days) days</h2>
                <p>No slots: \(addon.noSlots ?? "none is known").</p></section>

                """
        }
        let dates = (0..<Self.days).map { day in
            UTCTime(addon.generatedAt.instant - .seconds(86_400 * (Self.days - 1 - day))).date
        }
        let months = dates.map { "<th>\($0.suffix(2).description)</th>" as HTML }.joined()
        let rows = types.filter { type in addon.slots.contains { $0.type == type } }.map { row($0, dates) }
        return """
            <section class=part aria-labelledby=cal><h2 id=cal>Last \(Self.days) days <small>\(counts)</small></h2>
            <div class=wide tabindex=0 role=group aria-labelledby=cal><table class=cal>
            <caption class=vh>Slots from \(dates.first ?? "") to \(dates.last ?? ""), by day</caption>
            <thead><tr><td></td>\(months)</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
            \(reasons)</section>

            """
    }

    /// Such as `29 dumps due: 26 completed, 3 failed`.
    private var counts: String {
        types.compactMap { type in
            let mine = addon.slots.filter { $0.type == type }
            return mine.isEmpty
                ? nil : "\(CountText.text(mine.count, of: type)) due: \(Self.counts(mine.map(\.outcome)))"
        }.joined(separator: "; ")
    }

    private static func counts(_ outcomes: [Explanation.Slot.Outcome]) -> String {
        Explanation.Slot.Outcome.allCases.compactMap { outcome in
            let count = outcomes.count { $0 == outcome }
            return count > 0 ? "\(CountText.text(count)) \(outcome.text)" : nil
        }.joined(separator: ", ")
    }

    private func row(_ type: String, _ dates: [String]) -> HTML {
        let byDay = Dictionary(grouping: addon.slots.filter { $0.type == type }, by: \.due.date)
        let cells = dates.map { date in cell(byDay[date] ?? [], type, date) }
        return "<tr><th scope=row>\(type.asTitle)</th>\(cells.joined())</tr>"
    }

    private func cell(_ slots: [Explanation.Slot], _ type: String, _ date: String) -> HTML {
        guard let worst = slots.max(by: { $0.outcome.rank < $1.outcome.rank }) else { return "<td></td>" }
        let words = slots.count == 1 ? worst.outcome.text : Self.counts(slots.map(\.outcome))
        let title = "\(type) \(slots.count == 1 ? worst.due.minute : date): \(words)"
        let square: HTML = "<svg class=sq viewBox=\"0 0 18 18\" aria-hidden=true>\(Self.shape(worst.outcome))</svg>"
        // A day of one slot leads to its attempt, if the table shows it.
        let target = slots.count == 1 ? worst.backup.flatMap { shownAnchor($0) } : nil
        let content: HTML = "\(square)<span class=vh>\(words)</span>"
        return target.map { "<td title=\"\(title)\"><a href=\"#\($0)\">\(content)</a></td>" as HTML }
            ?? "<td title=\"\(title)\">\(content)</td>"
    }

    private static func shape(_ outcome: Explanation.Slot.Outcome) -> HTML {
        switch outcome {
        case .completed: "<path class=c d=\"M3 9h12\"/>"
        case .failed: "<path class=f d=\"M3 9h12\"/>"
        case .missed: "<path class=x d=\"M3.5 3.5h11v11h-11z\"/>"
        case .aborted: "<path class=h d=\"M3 9h12\"/>"
        case .running: "<path class=r d=\"M3 9h12\"/>"
        case .pending: "<path class=y d=\"M3.5 3.5h11v11h-11z\"/>"
        case .covered, .forgiven, .notJudged: "<path class=n d=\"M7 9h4\"/>"
        }
    }

    /// Why slots were not judged as usual, with their numbers.
    private var reasons: HTML? {
        let byReason = Dictionary(grouping: addon.slots.filter { $0.reason != nil }) {
            "\($0.outcome.text): \($0.reason ?? "")"
        }
        guard !byReason.isEmpty else { return nil }
        let texts = byReason.sorted { $0.key < $1.key }.map {
            "\($0.key) (\(CountText.text($0.value.count, of: "slot")))"
        }
        return "<p class=mu>\(texts.joined(separator: "; ").asSentence)</p>"
    }
}
