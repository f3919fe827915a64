import Backups

/// What the plan knows of one addon.
struct Entry: Sendable {
    let key: AddonKey
    let project: Int

    /// Pages of the whole list.
    var pages = 1
    /// Whether it was ever observed, by this plan or before.
    var isSeen = false
    /// When the last poll that worked was sent: what has changed since is not known.
    var lastLook = -Double.infinity
    /// When all pages were last read; -infinity if that is not known.
    var lastWhole = -Double.infinity
    /// Polls in a row that failed.
    var failures = 0

    var outlook = Outlook()
    /// Polls in a row of the slot layer that brought nothing new.
    var fruitless = 0
    /// Whether the sentinel saw it being backed up or restored when it last looked.
    var isBusy = false
    /// When the sentinel first and last saw it so.
    var busySince = -Double.infinity
    var busyAt = -Double.infinity

    /// Why it waits in `ready`, `later` or `entered`.
    var reason = PollReason.sweep
    /// Since when there is something to see, as far as can be told.
    var since = 0.0
    /// Why it has to be polled once more when the poll in flight has ended.
    var again: PollReason?

    /// Whether a webhook told of an end that no poll has shown yet.
    var isEndHinted = false
    /// Whether the last end that a poll has shown was told by a webhook.
    var isHinted = false
}

/// One project, as the sentinel sees it.
struct Project: Sendable {
    let name: String
    /// The addons that are watched, by their order.
    var members: [Int] = []
    /// Requests that reading its list takes.
    var requests = 1
    var lastRead = -Double.infinity
    var isReading = false
    var failures = 0
    /// Requests saved up for the next reading, as of `savedAt`.
    var saved = 0.0
    var savedAt = -Double.infinity
    /// Requests saved up in a second.
    var savingRate = 0.0
}

/// A poll in flight.
struct Flight: Sendable {
    var reason: PollReason
    var depth: Depth
    var since: Double
    var started: Double
}
