import FoundationEssentials
import Testing

@testable import Catalog

@Suite struct MetricDocumentationTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/metrics.md")

    @Test("docs/metrics.md matches the catalog; `make docs` writes it")
    func isCurrent() throws {
        #expect(try String(contentsOf: Self.file, encoding: .utf8) == MetricDocumentation.markdown())
    }
}
