package import Backups
import DequeModule

/// Decides whom to ask next in one account, and how often. Pure: the runner carries out what it says and tells
/// it what came of it; all times are seconds of uptime.
///
/// Addons that were never polled go first and at once. The others follow one at a time, longest unseen first,
/// so that a round takes the interval and no two rounds come in bursts.
package struct PollPlan: Sendable {
    package enum Action: Equatable, Sendable {
        case poll(AddonKey)
        /// Read the lists of projects and addons.
        case readLists
        /// Nothing to do before this uptime, unless something ends first.
        case wait(until: Double)
    }

    /// What the plan needs to know of the account's budget.
    package struct Budget: Equatable, Sendable {
        /// Requests that we may send in a whole window of an hour.
        package var allowance: Int
        /// Requests that we may still send in this window.
        package var left: Int
        /// Seconds to the end of this window.
        package var secondsToReset: Double

        package init(allowance: Int, left: Int, secondsToReset: Double) {
            self.allowance = allowance
            self.left = left
            self.secondsToReset = secondsToReset
        }
    }

    /// The part of the allowance that reading the lists may take at most.
    package static let listShare = 0.2

    /// Whether addons are polled again and again; else each of them once.
    package var pollsAgain = true

    private let interval: Double
    private let listInterval: Double
    private let concurrency: Int

    /// The addons that are watched, with the pages that their last list had.
    private var pages: [AddonKey: Int] = [:]
    private var requestsPerRound = 0
    /// Never polled, in the order of their keys.
    private var unseen: Deque<AddonKey> = []
    /// Longest unseen first. Polled addons leave at the front and come back at the end.
    private var ring: Deque<AddonKey> = []
    private var inFlight: Set<AddonKey> = []
    private var nextPoll = -Double.infinity

    private var isReadingLists = false
    private var lastListsStart: Double?
    private var listRequests = 2

    /// - Parameters:
    ///   - interval: seconds between two polls of an addon, if the budget carries it.
    ///   - listInterval: seconds between two readings of the lists, if the budget carries it.
    package init(interval: Double, listInterval: Double, concurrency: Int) {
        self.interval = interval
        self.listInterval = listInterval
        self.concurrency = concurrency
    }

    /// The addons that are watched.
    package var targets: Set<AddonKey> { Set(pages.keys) }

    package var count: Int { pages.count }

    package func isWatching(_ key: AddonKey) -> Bool { pages[key] != nil }

    /// Whether every addon was polled at least once and the lists were read.
    package var isFirstRoundDone: Bool {
        unseen.isEmpty && inFlight.isEmpty && !isReadingLists && lastListsStart != nil
    }

    /// Seconds between two polls of an addon as the budget allows it.
    package func intervalInForce(_ budget: Budget) -> Double {
        let round = Double(requestsPerRound)
        let lists = Double(listRequests) / listIntervalInForce(budget)
        let steady = Double(max(1, budget.allowance)) / 3600
        // Lists take a fifth at most; the bound is for the moment after a list that was longer than expected.
        let rate = max(steady - lists, steady / 2)
        let left = max(0, Double(budget.left) - lists * budget.secondsToReset)
        // What this window does not carry has to wait for the next one.
        let now = round > left ? budget.secondsToReset + (round - left) / rate : round / left * budget.secondsToReset
        return round > 0 ? max(interval, round / rate, now) : interval
    }

    /// Seconds between two readings of the lists as the budget allows it.
    package func listIntervalInForce(_ budget: Budget) -> Double {
        max(listInterval, Double(listRequests) * 3600 / (Double(max(1, budget.allowance)) * Self.listShare))
    }

    /// What to do now. A returned poll or reading counts as begun.
    package mutating func next(now: Double, budget: Budget) -> Action {
        let listsDue = lastListsStart.map { $0 + listIntervalInForce(budget) } ?? now
        if !isReadingLists, listsDue <= now {
            isReadingLists = true
            lastListsStart = now
            return .readLists
        }
        let nextLists = isReadingLists ? Double.infinity : listsDue
        guard inFlight.count < concurrency else { return .wait(until: nextLists) }
        let pace = intervalInForce(budget) / Double(max(1, pages.count))
        if !unseen.isEmpty {
            // What comes after the last of them is a round at its own pace.
            nextPoll = now + pace
            return begin(unseen.removeFirst())
        }
        guard !ring.isEmpty, pollsAgain else { return .wait(until: nextLists) }
        // The pace may have become quicker since the last poll was sent. The first of those that a reload kept
        // waits for its turn, too: reloads must not cost polls.
        nextPoll = nextPoll.isFinite ? min(nextPoll, now + pace) : now + pace
        guard nextPoll <= now else { return .wait(until: min(nextPoll, nextLists)) }
        // From when it was due, so that small delays do not add up; but what was missed is not caught up.
        nextPoll = nextPoll + pace > now ? nextPoll + pace : now + pace
        return begin(ring.removeFirst())
    }

    private mutating func begin(_ key: AddonKey) -> Action {
        inFlight.insert(key)
        return .poll(key)
    }

    /// A poll ended.
    ///
    /// - Parameter pages: what its list had; nil if the poll failed.
    package mutating func polled(_ key: AddonKey, pages newPages: Int?) {
        inFlight.remove(key)
        guard let oldPages = pages[key] else { return }
        ring.append(key)
        if let newPages {
            requestsPerRound += newPages - oldPages
            pages[key] = newPages
        }
    }

    /// The lists have been read, with that many requests.
    package mutating func listsRead(requests: Int) {
        isReadingLists = false
        listRequests = max(1, requests)
    }

    /// Sets the addons to watch. Those that stay keep their turn.
    ///
    /// - Parameter seen: addons that are new to the plan but were polled before, longest unseen first.
    package mutating func watch(_ targets: Set<AddonKey>, seen: [AddonKey] = []) {
        let added = targets.filter { pages[$0] == nil }
        pages = pages.filter { targets.contains($0.key) }
        unseen.removeAll { !targets.contains($0) }
        ring.removeAll { !targets.contains($0) }
        let addedSeen = seen.filter(added.contains)
        ring.append(contentsOf: addedSeen)
        unseen.append(contentsOf: added.subtracting(addedSeen).subtracting(inFlight).sorted())
        for key in added { pages[key] = 1 }
        requestsPerRound = pages.values.reduce(0, +)
    }
}
