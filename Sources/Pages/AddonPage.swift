import Backups
package import Reports

/// The page of one addon: everything that explains the verdict on it, what to do first.
package struct AddonPage {
    /// The days of the calendar, and of the attempts.
    package static let days = Explanation.attemptDays
    static let rowsAPage = 20

    let addon: Explanation
    let links: PageLinks
    /// Of the attempts, from 1.
    let page: Int
    let reloads: Bool
    let frame: PageFrame

    /// - Parameters:
    ///   - addon: with the slots of `days`.
    ///   - page: of the attempts, from 1; the last one where there are fewer.
    package init(_ addon: Explanation, page: Int = 1, reloads: Bool = true, links: PageLinks, version: String) {
        self.addon = addon
        self.links = links
        let pages = max(1, (addon.attempts.count + Self.rowsAPage - 1) / Self.rowsAPage)
        self.page = min(max(1, page), pages)
        self.reloads = reloads
        frame = PageFrame(
            links: links, version: version, now: addon.generatedAt, reloads: reloads,
            address: Self.address(addon, page: self.page, reloads: reloads),
            otherAddress: Self.address(addon, page: self.page, reloads: !reloads))
    }

    /// The address of a page of the attempts, relative to the pages.
    static func address(_ addon: Explanation, page: Int, reloads: Bool) -> String {
        URLText.addon(addon.account, addon.project, addon.addon) + (page > 1 ? "&page=\(page)" : "")
            + (reloads ? "" : "&refresh=off")
    }

    package var bytes: [UInt8] {
        frame.page(
            title: "\(addon.state): \(addon.addonName)", tone: Tone(addon.state), isFleet: false,
            main: """
                <nav class=crumb aria-label="Where this is"><a href="./">Databases</a>\
                <a href="./?account=\(URLText.encoded(addon.account))">\(addon.account)</a>\
                <a href="./?project=\(URLText.encoded("\(addon.account)/\(addon.project)"))">\(addon.project)</a>\
                <code>\(addon.addon)</code></nav>
                <h1>\(addon.addonName) <small>\(software)</small></h1>
                <div id=addon>
                <div class=ver>\(verdict)\(toDo)</div>
                \(cards)\(calendar)\(attempts)
                <div class=two>\(decisions)\(evidence)</div>
                </div>
                """
        ).bytes
    }

    private var software: String {
        addon.type + (addon.version.map { " \($0)" } ?? "") + (addon.isPaused ? ", paused" : "")
    }

    private var verdict: HTML {
        let sentences = addon.verdictSentences
        let since = addon.since.map { since in
            " <span class=mu>since \(time(since)), for \(age(since))</span>" as HTML
        }
        return """
            <section class=\(Tone(addon.state).cssClass) aria-label=Verdict>\(HTML.pill(addon.state))\(since)
            <p class=say>\(sentences.dropLast().joined(separator: " "))</p>
            <p>\(sentences.last ?? "")</p>
            \(problem)\(findings)</section>
            """
    }

    /// Why the addon cannot be read now.
    private var problem: HTML? {
        addon.evidence.error.map { error in
            """
            <p class=note>\(error.message), since \(time(error.since)).\
            \(error.remedy.map { " \($0.asSentence)" } ?? "")</p>

            """
        }
    }

    private var findings: HTML? {
        guard !addon.findings.isEmpty else { return nil }
        let rows = addon.findings.map { finding in
            """
            <li class=\(Tone(finding.state).cssClass)>\(HTML.pill(finding.state))<span>\(finding.text.asSentence)</span>\
            \(finding.since.map { "<small>for \(age($0))</small>" as HTML })</li>

            """ as HTML
        }
        let title: HTML? = addon.waiver == nil ? nil : "<h2>Without the waiver, not alerted</h2>\n"
        return "\(title)<ul class=find>\n\(rows.joined())</ul>"
    }

    private var toDo: HTML {
        var steps = addon.waiverSteps.map { "<li>\($0)</li>" as HTML }
        steps += addon.advice.map { advice in
            "<li>\(advice.text)\(advice.command.map { "<pre><code>\($0)</code></pre>" as HTML })</li>"
        }
        let list: HTML = steps.isEmpty ? "<p>Nothing.</p>" : "<ol>\n\(steps.joined(separator: "\n"))</ol>"
        return """
            <section class=act id=list aria-labelledby=do><h2 id=do>What to do</h2>
            \(list)
            \(addon.goneEnd.map { "<p class=mu>\($0)</p>\n" as HTML })\(buttons)\(silence)</section>
            """
    }

    private var buttons: HTML {
        let runbook = addon.runbook.flatMap { $0.hasPrefix("http") ? $0 : nil }
        let targets = [
            ("Backups at Northflank", links.northflank(addon.account, addon.project, addon.addon)),
            ("Runbook", addon.waiver == nil ? runbook : nil),
            ("Grafana", links.grafana(addon.account, addon.project, addon.addon)),
        ]
        return targets.compactMap { name, url in
            url.map { "<a class=go href=\"\($0)\" rel=noreferrer>\(name)</a>" as HTML }
        }.joined()
    }

    private var silence: HTML? {
        guard addon.waiver == nil, !addon.isWell else { return nil }
        return """

            <details data-k=silence><summary>Silence the alerts for 4 hours</summary>\
            <pre>\(HTML(markup: Explanation.silence)) account=\(addon.account) project=\(addon.project) \
            addon=\(addon.addon)</pre></details>
            """
    }
}

extension AddonPage {
    /// An instant, with its UTC date in words.
    func time(_ instant: UTCTime) -> HTML {
        "<time class=at datetime=\"\(instant.instant.text)\">\(instant.minute)</time>"
    }

    /// The time since an instant; counts on.
    func age(_ instant: UTCTime) -> HTML {
        "<time datetime=\"\(instant.instant.text)\">\(addon.age(instant))</time>"
    }

    /// The time until an instant; counts down.
    func remaining(_ instant: UTCTime) -> HTML {
        "<time datetime=\"\(instant.instant.text)\">\(addon.remaining(instant))</time>"
    }

    /// The types that have slots, attempts or limits.
    var types: [String] {
        BackupType.scheduled.map(\.label).filter { type in
            addon.newest.contains { $0.type == type } || addon.next.due.contains { $0.type == type }
                || addon.attempts.contains { $0.type == type } || addon.slots.contains { $0.type == type }
        }
    }
}
