import Testing

@testable import Pages

struct HTMLTests {
    private static func text(_ html: HTML) -> String { String(decoding: html.bytes, as: UTF8.self) }

    @Test("what is put in is escaped, in elements and in attributes")
    func escaping() {
        let evil = #"<script>"&'"#
        #expect(
            Self.text("<a title=\"\(evil)\">\(evil)</a>")
                == #"<a title="&lt;script&gt;&quot;&amp;'">&lt;script&gt;&quot;&amp;'</a>"#)
    }

    @Test("markup is put in as it is, and nil as nothing")
    func markup() {
        let bold: HTML = "<b>\("a&b")</b>"
        #expect(Self.text("<p>\(bold)\(nil as HTML?) \(3)</p>") == "<p><b>a&amp;b</b> 3</p>")
        #expect(Self.text([bold, "c"].joined(separator: ", ")) == "<b>a&amp;b</b>, c")
        #expect(Self.text([HTML]().joined(separator: ", ")) == "")
    }

    @Test(
        "queries keep only what means nothing in them",
        arguments: [
            ("acme/billing", "acme/billing"), ("a&b=c", "a%26b%3Dc"), ("a+b c", "a%2Bb%20c"), ("é\"<", "%C3%A9%22%3C"),
            ("shop/*", "shop/*"), ("\t", "%09"),
        ])
    func queries(text: String, encoded: String) {
        #expect(URLText.encoded(text) == encoded)
    }
}

struct PageLinksTests {
    private let links = PageLinks(
        grafana: "https://g.example.com", northflank: "https://n.example.com/{account}/{project}?a={addon}&b={addon}")

    @Test("templates and variables take the names, encoded")
    func templates() {
        #expect(links.northflank("a c", "p", "x&y") == "https://n.example.com/a%20c/p?a=x%26y&b=x%26y")
        #expect(
            links.grafana("a", "p", "x&y")
                == "https://g.example.com/d/northflank-backup-addon?var-account=a&var-project=p&var-addon=x%26y")
    }

    @Test("a name that looks like a place of the template stays a name")
    func nested() {
        #expect(links.northflank("{addon}", "p", "x") == "https://n.example.com/%7Baddon%7D/p?a=x&b=x")
    }

    @Test("without an address there is no link")
    func none() {
        let links = PageLinks()
        #expect(links.northflank("a", "p", "x") == nil)
        #expect(links.grafana("a", "p", "x") == nil)
        #expect(links.external("addon") == nil)
    }

    @Test(
        "the metrics are found relative to the pages",
        arguments: [("/metrics", "metrics"), ("/backups/metrics", "backups/metrics"), ("/a:b", "./a:b")])
    func metrics(path: String, relative: String) {
        #expect(PageLinks(telemetryPath: path).metrics == relative)
    }
}

struct DrawingTests {
    private static func text(_ html: HTML?) -> String { String(decoding: html?.bytes ?? [], as: UTF8.self) }

    @Test(
        "the bar of an age ends at one and a half limits, and is red past the limit",
        arguments: [
            (0, 0, false), (50, 33, false), (100, 66, false), (101, 67, true), (150, 99, true), (900, 99, true),
        ])
    func bar(age: Int, width: Int, isPast: Bool) {
        let html = Self.text(AgeBar.html(age: .seconds(age), limit: .seconds(100)))
        #expect(html.contains("<path d=\"M0 2h\(width)\"/>"))
        #expect(html.hasPrefix(isPast ? "<svg class=\"a v\">" : "<svg class=a>"))
    }

    @Test("days of one outcome are one stroke, the weeks apart")
    func strip() {
        let even = [String](repeating: "completed", count: 14)
        #expect(Self.text(Strip.html(even)) == ##"<svg class=s><use href="#days-completed"/></svg>"##)
        #expect(
            Self.text(Strip.html(even.dropLast() + ["none"])) == ##"<svg class=s><use href="#days-none"/></svg>"##)
        #expect(
            Self.text(Strip.sheet)
                == #"<symbol id=days-completed><path d="M0 6h68M74 6h68"/></symbol>"#
                + #"<symbol id=days-none><path d="M0 6h68M74 6h58"/><path class=n d="M137 6h2"/></symbol>"#)
        var days = even
        (days[2], days[3], days[13]) = ("failed", "failed", "none")
        #expect(
            Self.text(Strip.html(days))
                == #"<svg class=s role=img aria-label="11 completed, 2 failed"><path d="M0 6h18M40 6h28M74 6h58"/>"#
                + #"<path class=f d="M20 6h18"/><path class=n d="M137 6h2"/></svg>"#)
        days[0] = "missed"
        #expect(Self.text(Strip.html(days)).contains(#"<path class=x d="M0.8 2.8h6.4v6.4h-6.4z"/>"#))
    }

    @Test("a line of values has a gap and a cross where an attempt failed")
    func spark() {
        let html = Self.text(Spark([1, 2, nil], band: 1...3).html(caption: "Size", label: "Sizes"))
        #expect(html.contains(#"aria-label="Sizes: 2 completed, 1 failed""#))
        #expect(html.contains(#"<path d="M5.0 46.0L130.0 26.0"/>"#))
        #expect(html.contains(#"<path class=f d="M252.0 44.0l6 6m0-6l-6 6"/>"#))
        #expect(html.contains(#"<rect class=d y="5.0" width=260 height="42.0"/>"#))
        #expect(Spark([nil], band: nil).html(caption: "", label: "") == nil)
    }
}
