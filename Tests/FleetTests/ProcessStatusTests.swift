import Testing

@testable import Fleet

@Suite struct ProcessStatusTests {
    private static let stat =
        "4242 (exporter) S 1 4242 4242 0 -1 4194560 5121 0 0 0 125 50 0 0 20 0 9 0 6000 2147483648 1024 "
        + "18446744073709551615 1 1 0 0 0 0 0 4096 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n"

    private static func status(_ stat: String, ticksPerSecond: Int = 100) -> ProcessStatus? {
        ProcessStatus(stat: stat, bootTime: 1_700_000_000, ticksPerSecond: ticksPerSecond, pageSize: 4096)
    }

    @Test("ticks become seconds, pages become bytes, the start is counted from the boot")
    func fields() throws {
        let status = try #require(Self.status(Self.stat))
        #expect(status.cpuSeconds == 1.75)
        #expect(status.startTime == 1_700_000_060)
        #expect(status.virtualBytes == 2_147_483_648)
        #expect(status.residentBytes == 4_194_304)
        #expect(status.openFiles == nil)
        #expect(status.maxFiles == nil)
    }

    @Test("the name of the command may hold anything", arguments: ["a b", "a) S 1 (b", ")", "((", "", "a\nb"])
    func command(name: String) {
        #expect(Self.status(Self.stat.replacing("(exporter)", with: "(\(name))")) == Self.status(Self.stat))
    }

    @Test(
        "any other text is nil",
        arguments: ["", "4242", "4242 (exporter)", "4242 (exporter) S 1", ")", String(repeating: "x ", count: 60)])
    func garbage(stat: String) {
        #expect(Self.status(stat) == nil)
    }

    @Test func otherKernels() {
        #expect(Self.status(Self.stat, ticksPerSecond: 250)?.cpuSeconds == 0.7)
        #expect(Self.status(Self.stat, ticksPerSecond: 0) == nil)
        #expect(Self.status(Self.stat.replacing(" 125 ", with: " x ")) == nil)
    }

    @Test("the values of this process are above zero")
    func current() throws {
        let status = try #require(ProcessStatus.current())
        #expect(status.residentBytes > 0)
        #expect(status.virtualBytes >= status.residentBytes)
        #expect(status.startTime > 1_500_000_000)
        let openFiles = try #require(status.openFiles)
        let maxFiles = try #require(status.maxFiles)
        #expect(openFiles > 0)
        #expect(maxFiles >= openFiles)
    }
}
