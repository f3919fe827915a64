import Backups
import CurlClient
import FoundationEssentials
import Northflank

extension TimeSource where Self == SystemTime {
    /// The machine's clocks.
    static var system: SystemTime {
        SystemTime(wallClock: { Timestamp(seconds: Date().timeIntervalSince1970) })
    }

    /// The same, for the tasks on the thread of a client, which sleep there too.
    static func system(on curl: CurlClient) -> SystemTime {
        SystemTime(
            wallClock: { Timestamp(seconds: Date().timeIntervalSince1970) },
            sleeper: { seconds in try await curl.sleep(for: seconds) })
    }
}
