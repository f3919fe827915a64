import Exposition
import FoundationEssentials
import Testing
@testable import Catalog
@Suite struct TmpGolden {
    @Test func write() throws {
        try Data(SamplePage.render().utf8).write(to: URL(filePath: "/tmp/page.txt"))
        try Data(SamplePage.render(format: .openMetrics).utf8).write(to: URL(filePath: "/tmp/page.openmetrics.txt"))
    }
}
