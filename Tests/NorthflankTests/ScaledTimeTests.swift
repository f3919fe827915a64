import Backups
import TestSupport
import Testing

@testable import Northflank

@Suite struct ScaledTimeTests {
    @Test("an hour passes in a minute, from the same origin for all clocks")
    func scaled() async throws {
        let real = ManualTime(.jumping, uptime: 1000, wall: Timestamp(seconds: 2_000_000))
        let time = ScaledTime(real, origin: (real: 1_999_940, scaled: 500_000), scale: 60)
        #expect(time.wall.seconds == 503_600)
        #expect(time.uptime == 60_000)
        try await time.sleep(for: 3600)
        #expect(real.sleeps == [60])
        #expect(time.wall.seconds == 507_200)
        #expect(time.uptime == 63_600)
    }
}
