package import Backups

/// Decides which request of one account is sent next. Pure: the caller carries out each action and reports how it
/// ended; all times are seconds of uptime.
///
/// Addons that were never polled come first. Webhooks, the sentinel and the slots name addons with a backup that has
/// ended; these are polled in the order of those ends. The sweep gets what the budget leaves.
///
/// Each part keeps its own state; the decisions that need several parts are here.
package struct FreshnessPlan: Sendable {
    package enum Action: Equatable, Sendable {
        case poll(AddonKey, PollReason, Depth)
        case readSchedules(AddonKey)
        case readRestores(AddonKey)
        /// Read the list of the project's addons, to see which of them are being backed up or restored.
        case readProject(String)
        /// Read the lists of projects and addons.
        case readLists
        /// Nothing to do before this uptime, unless a request ends or a webhook arrives first.
        case wait(until: Double)
    }

    /// What the plan needs to know of the account's budget.
    package struct Budget: Equatable, Sendable {
        /// Requests that may be sent in a whole window of an hour.
        package var allowance: Int
        /// Requests that may still be sent in this window.
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
    /// Whether addons are polled again and again; else each is polled once, and its schedules are read once.
    package var pollsAgain = true

    var roster = Roster()
    /// By id; of an id that is free, an empty entry.
    var entries: [Entry] = []
    var queues = PollQueues()
    var flights = Flights()
    var sweepPace = SweepPace()
    var wholeLists: WholeLists
    var webhookTrust = WebhookTrust()
    var sentinel = Sentinel()
    var lists: ListReadings
    var schedules: Readings
    var restores: Readings
    var spending = Spending()
    var census = Census()

    package init(settings: FreshnessSettings) {
        self.settings = settings
        wholeLists = WholeLists(interval: settings.wholeInterval.seconds)
        lists = ListReadings(interval: settings.listInterval.seconds)
        schedules = Readings(interval: settings.schedulesInterval?.seconds)
        restores = Readings(interval: settings.restoresInterval?.seconds)
    }

    /// The addons that are watched.
    package var targets: Set<AddonKey> { roster.keys }

    package var count: Int { roster.count }

    package func isWatching(_ key: AddonKey) -> Bool { roster.id(key) != nil }

    /// Whether every addon was polled, its schedules were read, and the lists too, all at least once.
    package var isFirstRoundDone: Bool {
        queues.isEmpty(.neverPolled) && inFlight == 0 && lists.isFirstDone
            && schedules.isFirstDone && restores.isFirstDone
    }

    /// Requests, or lists of them, that are in flight, except the reading of all lists.
    package var inFlight: Int {
        flights.count + sentinel.inFlight + schedules.inFlightCount + restores.inFlightCount
    }
}
