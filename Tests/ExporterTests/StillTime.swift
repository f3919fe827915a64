import Backups
import Northflank

/// Time that stands still: a wait that is not over already ends only when it is cancelled, so that what a test
/// sees comes from answers alone.
struct StillTime: TimeSource {
    var wall = Timestamp(seconds: 1_800_000_000)
    var uptime = 0.0

    func sleep(until uptime: Double) async throws {
        guard uptime > self.uptime else { return }
        for await _ in AsyncStream<Never>.makeStream().stream {}
        throw CancellationError()
    }
}
