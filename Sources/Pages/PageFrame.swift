import Backups
import Reports

/// What all pages have around their content.
struct PageFrame {
    /// What the exporter says of itself.
    let links: PageLinks
    let version: String
    /// When the content was made; nil for a page without content.
    let now: UTCTime?
    /// Whether the page loads itself again each minute.
    let reloads: Bool
    /// The address of this page with its query, relative to the pages.
    let address: String
    /// The address of this page where it reloads if this one does not, and the other way round.
    let otherAddress: String

    /// - Parameters:
    ///   - title: begins with the answer, for the tab.
    ///   - tone: of the tab's dot.
    func page(title: String, tone: Tone, isFleet: Bool, main: HTML) -> HTML {
        """
        <!DOCTYPE html>
        <html lang=en>
        <meta charset=utf-8>
        <meta name=viewport content="width=device-width,initial-scale=1">
        \(reloads ? "<noscript><meta http-equiv=refresh content=60></noscript>\n" : nil)\
        <title>\(title) · Northflank backups</title>
        \(links.external(address).map { "<link rel=canonical href=\"\($0)\">\n" as HTML })\
        <link rel=icon href="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>\
        <circle cx='8' cy='8' r='7' fill='%23\(tone.dot)'/></svg>">
        <style>\(HTML(markup: isFleet ? PageStyle.fleet : PageStyle.addon))</style>
        <body\(reloads ? " data-reload" : nil)>
        \(HTML.iconSheet)
        <a class=skip href="#list">Skip to the list</a>
        <div id=stale role=alert hidden></div>
        <header><a class=home href="./"><svg class=i aria-hidden=true viewBox="0 0 16 16">\
        <path d="M8 2l5 1.8v4c0 3-2 5-5 6.2-3-1.2-5-3.2-5-6.2v-4zM5.7 7.8l1.7 1.7 3-3.2"/></svg>Northflank backups</a>
        <nav aria-label=Pages><a href="./"\(isFleet ? " aria-current=page" : nil)>Databases</a>\
        <a href="\(links.metrics)">Metrics</a><a href="api/health">JSON</a></nav>
        \(now.map(asOf))</header>
        <main>
        \(main)
        </main>
        <footer><span>northflank-backup-exporter \(version)</span><span>Times are UTC. Ages count by the exporter’s clock.</span>\
        \(links.external(address).map { "<span class=paper>\($0)</span>" as HTML })\
        <a href="-/ready">Ready</a><a href="-/healthy">Healthy</a></footer>
        <script>\(HTML(markup: PageScript.javaScript))</script>

        """
    }

    private func asOf(_ now: UTCTime) -> HTML {
        let text = now.instant.text
        return """
            <p>As of <time id=asof datetime="\(text)">\(text.dropFirst(11).dropLast(1).description) UTC</time> · \
            \(reloading)</p>
            """
    }

    /// The link that stops the reloading, or starts it.
    private var reloading: HTML {
        "<a href=\"\(otherAddress)\">\(reloads ? "stop reloading" : "reload each minute")</a>"
    }
}

extension Tone {
    /// The colour of the tab's dot.
    fileprivate var dot: String {
        switch self {
        case .bad: "d0342c"
        case .odd: "b97a00"
        case .unknown: "7a66d0"
        case .quiet: "868f9a"
        case .good: "2f8a4d"
        }
    }
}
