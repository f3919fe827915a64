import Backups
import Northflank

/// One instant by both clocks.
struct Instant: Sendable {
    let wall: Timestamp
    /// Seconds.
    let uptime: Double

    init(wall: Timestamp, uptime: Double) {
        self.wall = wall
        self.uptime = uptime
    }

    init(_ time: any TimeSource) {
        self.init(wall: time.wall, uptime: time.uptime)
    }
}

/// What is kept of an addon, and what it was judged to be; nil before the first observation.
struct Kept: Sendable {
    let record: AddonRecord
    let assessment: Assessment?
    /// Whether the counters are the true ones; not, while another process has the history.
    var isCounting = true
}

extension AddonListing {
    /// Whether the addon is being backed up or restored.
    var isBusy: Bool { status == "backup" || status == "restore" }

    var isPaused: Bool { status == "paused" }
}

extension AddonKey {
    init(account: String, _ target: Target) {
        self.init(account: account, project: target.project, addon: target.addon)
    }
}

extension Result where Failure == APIError, Success: Sendable {
    /// What a call brought, as a value that an event can carry.
    init(_ call: () async throws(APIError) -> Success) async {
        do throws(APIError) { self = .success(try await call()) } catch { self = .failure(error) }
    }
}
