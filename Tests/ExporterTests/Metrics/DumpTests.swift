import Testing
import FoundationEssentials
@testable import Exporter
@Suite struct DumpTests {
    @Test func d() throws {
        try Data(SamplePage.render().utf8).write(to: URL(filePath: "/tmp/unitdev/page.txt"))
        try Data(SamplePage.render(format: .openMetrics).utf8).write(to: URL(filePath: "/tmp/unitdev/page.om"))
    }
}
