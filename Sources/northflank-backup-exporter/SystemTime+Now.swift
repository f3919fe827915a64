import Backups
import FoundationEssentials
import Northflank

extension TimeSource where Self == SystemTime {
    /// The machine's clocks.
    static var system: SystemTime {
        SystemTime(wallClock: { Timestamp(seconds: Date().timeIntervalSince1970) })
    }
}
