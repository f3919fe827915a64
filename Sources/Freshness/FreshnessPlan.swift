package import Backups

/// Decides whom to ask next in one account, and what. Pure: the runner carries out what it says and tells it what
/// came of it; all times are seconds of uptime.
///
/// Addons that were never polled go at once. Webhooks, the sentinel and the slots name addons that have news; they
/// are asked in the order in which their news came up. The sweep gets what the budget leaves.
package struct FreshnessPlan: Sendable {
    package enum Action: Equatable, Sendable {
        case poll(AddonKey, PollReason, Depth)
        case readSchedules(AddonKey)
        case readRestores(AddonKey)
        /// Read the list of the project's addons, to see which of them are being backed up or restored.
        case readProject(String)
        /// Read the lists of projects and addons.
        case readLists
        /// Nothing to do before this uptime, unless something ends or is heard first.
        case wait(until: Double)
    }

    /// What the plan needs to know of the account's budget.
    package struct Budget: Equatable, Sendable {
        /// Requests that we may send in a whole window of an hour.
        package var allowance: Int
        /// Requests that may be sent now; the first request of each action that was returned is counted as sent.
        package var left: Int
        /// Seconds to the end of this window.
        package var secondsToReset: Double

        package init(allowance: Int, left: Int, secondsToReset: Double) {
            self.allowance = allowance
            self.left = left
            self.secondsToReset = secondsToReset
        }
    }

    package let settings: FreshnessSettings
    /// The intervals of the settings, in seconds.
    let (interval, listInterval, wholeInterval): (Double, Double, Double)
    /// Whether addons are polled again and again; else each of them once, and its schedules read once.
    package var pollsAgain = true

    var ids: [AddonKey: Int] = [:]
    /// By id. Those whose id is in `freeIDs` are nobody's.
    var entries: [Entry] = []
    var freeIDs: [Int] = []
    /// By id: when the first backup that is expected begins, so that a census need not look at those without one.
    var nextExpected: [Double] = []
    var projectIDs: [String: Int] = [:]
    var projects: [Project] = []
    /// Pages beyond the first of all whole lists.
    var extraPages = 0

    /// Never observed, by turn.
    var unseen = IndexedHeap()
    /// Observed, by turn: longest unseen first.
    var ring = IndexedHeap()
    /// By the time at which the slot layer asks next.
    var asks = IndexedHeap()
    /// Failed, by the time of the next try.
    var later = IndexedHeap()
    /// To be polled now, by the time since when there is something to see.
    var ready = IndexedHeap()
    /// Seen to begin a backup, likewise; polled only if there are requests to spare.
    var entered = IndexedHeap()
    /// Projects by the time of the sentinel's next reading.
    var reads = IndexedHeap()
    var schedules: Readings
    var restores: Readings

    var flights: [AddonKey: Flight] = [:]
    var projectReads = 0
    var lastTurn = 0.0
    var nextSweep = -Double.infinity
    /// Whether a hint or a reading was the last to go before an addon that was never polled.
    var isNewNext = true

    var isReadingLists = false
    var lastListsStart: Double?
    var listRequests = 2
    /// Readings in a row that were not whole.
    var listFailures = 0
    /// Whether the last reading brought nothing.
    var areListsUnread = false

    var census = Census()
    /// Polls of those that had news, polls of the sweep, readings of the sentinel.
    var newsRate = Rate()
    var sweepRate = Rate()
    var sentinelRate = Rate()
    /// How much of the ends webhooks told of, 0 to 1; an average over the last twenty or so.
    var hintReliability = 0.0

    package init(settings: FreshnessSettings) {
        self.settings = settings
        interval = settings.interval.asSeconds
        listInterval = settings.listInterval.asSeconds
        wholeInterval = settings.wholeInterval.asSeconds
        schedules = Readings(interval: settings.schedulesInterval?.asSeconds)
        restores = Readings(interval: settings.restoresInterval?.asSeconds)
    }

    /// The addons that are watched.
    package var targets: Set<AddonKey> { Set(ids.keys) }

    package var count: Int { ids.count }

    package func isWatching(_ key: AddonKey) -> Bool { ids[key] != nil }

    /// Whether every addon was polled, its schedules were read, and the lists too, all at least once.
    package var isFirstRoundDone: Bool {
        unseen.isEmpty && inFlight == 0 && !isReadingLists && lastListsStart != nil
            && schedules.isFirstRoundDone && restores.isFirstRoundDone
    }

    /// Requests, or lists of them, that are in flight, reading all lists aside.
    package var inFlight: Int {
        flights.count + projectReads + schedules.inFlight.count + restores.inFlight.count
    }
}
