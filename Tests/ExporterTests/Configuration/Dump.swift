import Testing
@testable import Exporter
@Suite struct DumpTests {
    @Test func dumpAll() throws {
        for n in try Testdata.names { print("#", n); for p in try Testdata.problems(n) { print("   ", p) } }
    }
}
