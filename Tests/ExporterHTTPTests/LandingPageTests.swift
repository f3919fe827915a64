import Exporter
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ExporterHTTP

@Suite struct LandingPageTests {
    @Test("links to all that can be looked at")
    func links() async throws {
        let response = try await Served().ask(.get, "/")
        #expect(response.headers[.contentType] == "text/html; charset=utf-8")
        for path in ["/metrics", "/-/healthy", "/-/ready"] {
            #expect(response.text.contains("<a href=\"\(path)\">\(path)</a>"))
        }
        #expect(response.text.contains("version \(BuildInfo.version)<"))
        #expect(response.text.hasPrefix("<!DOCTYPE html>\n"))
        #expect(response.text.hasSuffix("</html>\n"))
    }

    @Test("what is configured cannot break out of the page")
    func escaping() {
        let html = LandingPage.html(version: "<1&2>", telemetryPath: #"/m"><script>alert('x')</script>&"#)
        #expect(
            html.contains(
                #"<a href="/m&quot;&gt;&lt;script&gt;alert('x')&lt;/script&gt;&amp;">/m&quot;&gt;&lt;script&gt;"#))
        #expect(!html.contains("<script"))
        #expect(html.contains("version &lt;1&amp;2&gt;<"))
    }

    @Test("every element that is opened is closed")
    func elements() {
        let html = LandingPage.html(version: "1", telemetryPath: "/metrics")
        var open: [Substring] = []
        for tag in html.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) where tag.2 != "meta" {
            if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2) }
        }
        #expect(open.isEmpty)
    }
}
