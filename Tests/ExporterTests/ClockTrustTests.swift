import Backups
import Fleet
import Northflank
import Testing

@testable import Exporter

/// When the history can be deleted from: only while the clocks agree.
struct ClockTrustTests {
    @Test(
        "R72: no history is deleted while the clocks differ by more than five minutes, or an account has not answered",
        arguments: [(300, true, true), (301, true, false), (-300, true, true), (-301, true, false), (0, false, false)])
    func trust(seconds: Int, isReachable: Bool, isTrusted: Bool) throws {
        let exporter = try SimulatedExporter("http://127.0.0.1:1").exporter
        exporter.fleet.update("acme") { $0.record(.clock(ahead: .seconds(seconds)), now: exporter.time.wall) }
        exporter.fleet.publish(PollingStatus(), of: "acme")
        #expect(!exporter.isClockTrusted)
        var status = PollingStatus()
        status.isReachable = isReachable
        exporter.fleet.publish(status, of: "acme")
        #expect(exporter.isClockTrusted == isTrusted)
    }
}
