import Reports

/// What there is to restore from: a card for each type.
extension AddonPage {
    var cards: HTML {
        let all = types.map(card)
        guard !all.isEmpty else { return HTML() }
        return """
            <section class=part aria-labelledby=cards><h2 id=cards>What there is to restore from</h2>
            <div class=two>\(all.joined(separator: "\n"))</div></section>

            """
    }

    private func card(_ type: String) -> HTML {
        let newest = addon.newest.first { $0.type == type }
        let limit = newest?.limitSeconds ?? addon.limits.first { $0.name == "newest \(type)" }?.atMost
        let state = addon.findings.first { $0.type == type }?.state ?? (newest == nil ? nil : "ok")
        let allowed = limit.map { "limit \(DurationText.limit(.seconds($0)))" } ?? "no limit"
        let value: HTML =
            newest.map { newest in
                "<p class=num><b>\(age(newest.endedAt))</b> old <small>\(allowed)</small></p>\(bar(newest, limit))"
            } ?? "<p class=num><b>none</b> <small>\(allowed)</small></p>"
        return """
            <section class=card><h3>\(type.asTitle) <small>\(schedule(type))</small> \(state.map { HTML.pill($0) })</h3>
            \(value)
            <dl>\(rows(type, newest))</dl>
            <div class=figs>\(sizes(type))\(durations(type))</div></section>
            """
    }

    private func schedule(_ type: String) -> String {
        addon.evidence.schedules.filter { $0.type == type }.map(\.times).joined(separator: "; ")
    }

    private func bar(_ newest: Explanation.Newest, _ limit: Int64?) -> HTML? {
        limit.map { AgeBar.html(age: newest.endedAt.until(addon.generatedAt), limit: .seconds($0), isWide: true) }
    }

    private func rows(_ type: String, _ newest: Explanation.Newest?) -> HTML {
        var rows: [(String, HTML)] = []
        if let newest {
            let expiry = addon.next.expiry.first { $0.type == type }?.at
            let left: HTML? = expiry.map { at in
                at > addon.generatedAt ? ", expires in \(remaining(at))" : ", expired \(age(at)) ago"
            }
            rows.append(("Last good", "\(time(newest.endedAt)) UTC\(left)"))
        }
        let failed = addon.attempts.filter { $0.type == type }.drop { $0.status == "in-progress" }
            .prefix { $0.status != "completed" }.count { $0.status == "failed" }
        rows.append(("Failed in a row", failed == 0 ? "none" : "<b>\(failed)</b>"))
        for due in addon.next.due where due.type == type {
            let text: HTML =
                due.isPending ? "since \(time(due.slot)) UTC" : "\(time(due.slot)) UTC, in \(remaining(due.slot))"
            rows.append((due.isPending ? "Due" : "Next due", "\(text); missed if not started by \(due.missedAt.clock)"))
        }
        let kept = addon.attempts.filter { $0.type == type && $0.status == "completed" && $0.isListed }
        rows.append(
            ("Of \(Self.days) days", "\(CountText.text(kept.count, of: type)) completed and listed"))
        return rows.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" as HTML }.joined()
    }

    private func sizes(_ type: String) -> HTML? {
        let band = addon.limits.first { $0.name == "\(type) size" }
        let figure = Spark(
            ended(type).map { attempt in attempt.status == "completed" ? attempt.sizeBytes.map(Double.init) : nil },
            band: band.flatMap { limit in
                limit.atLeast.flatMap { low in limit.atMost.map { Double(low)...Double(max(low, $0)) } }
            })
        let last = ended(type).last { $0.status == "completed" && $0.sizeBytes != nil }?.sizeText
        return last.flatMap { last in
            let usual = band.map { ", usual \($0.limitText)" } ?? ""
            return figure.html(
                caption: "Size <b>\(last)</b>\(usual)", label: "Sizes of the \(type)s of \(Self.days) days")
        }
    }

    private func durations(_ type: String) -> HTML? {
        let took = ended(type).map { attempt in attempt.tookSeconds.map(Double.init) }
        let completed = ended(type).filter { $0.status == "completed" }.compactMap(\.tookSeconds).sorted()
        guard !completed.isEmpty, let last = ended(type).last(where: { $0.status == "completed" })?.tookText else {
            return nil
        }
        // Nine of ten, as soon as there are ten.
        let cut = completed.count / 20
        let usual = completed[cut]...completed[completed.count - 1 - cut]
        let words =
            "\(DurationText.attempt(.seconds(usual.lowerBound))) to \(DurationText.attempt(.seconds(usual.upperBound)))"
        let values = zip(took, ended(type)).map { value, attempt in attempt.status == "completed" ? value : nil }
        return Spark(values, band: Double(usual.lowerBound)...Double(usual.upperBound)).html(
            caption: "Took <b>\(last)</b>, usual \(words)", label: "Durations of the \(type)s of \(Self.days) days")
    }

    /// The attempts of a type that have ended, the oldest first.
    private func ended(_ type: String) -> [Explanation.Attempt] {
        addon.attempts.reversed().filter { $0.type == type && ["completed", "failed"].contains($0.status) }
    }
}

extension String {
    var asTitle: String { prefix(1).uppercased() + dropFirst() }
}
