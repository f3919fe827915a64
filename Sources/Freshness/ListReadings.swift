/// How much of the lists of projects and addons one reading of them brought.
package enum ListsExtent: Sendable {
    case whole, part, nothing
}

/// When all lists of projects and addons are read.
struct ListReadings: Sendable {
    /// Seconds that the lists may have to wait for a window with requests to spare.
    private static let longestWait = 3600.0
    /// Seconds before lists that could not be read whole are tried again; twice as many after each further failure.
    private static let retryGap = 30.0
    /// Seconds that such a try waits at most if nothing could be read: it costs one request, and without it a fleet
    /// may stay unknown that could be polled again.
    private static let longestBlindWait = 120.0

    /// Between two readings if the budget allows it, in seconds.
    private let interval: Double
    private var isReading = false
    /// When the last reading began, in seconds of uptime.
    private var lastStart: Double?
    /// Requests that one reading takes.
    private(set) var requests = 2
    /// Readings in a row that were not whole.
    private var failures = 0
    /// Whether the last reading brought nothing.
    private var areUnread = false

    init(interval: Double) {
        self.interval = interval
    }

    /// Whether the lists were read, and are not being read.
    var isFirstDone: Bool { !isReading && lastStart != nil }

    /// Requests a second that the lists take.
    func rate(_ budget: FreshnessPlan.Budget) -> Double { Double(requests) / gap(budget) }

    /// Seconds between two readings as the budget allows it.
    func gap(_ budget: FreshnessPlan.Budget) -> Double { affordable(interval, budget) }

    /// When the lists are read next, in seconds of uptime; infinity while they are being read.
    ///
    /// - Parameter isShort: whether requests are short, so that the lists wait for the next window.
    func due(now: Double, budget: FreshnessPlan.Budget, isShort: Bool) -> Double {
        guard !isReading else { return .infinity }
        guard let lastStart else { return now }
        let due = lastStart + affordable(gapAfterLast, budget)
        guard isShort else { return due }
        return max(due, min(now + budget.secondsToReset, lastStart + Self.longestWait))
    }

    mutating func begin(now: Double) {
        isReading = true
        lastStart = now
    }

    mutating func ended(_ extent: ListsExtent, requests: Int) {
        isReading = false
        failures = extent == .whole ? 0 : failures + 1
        areUnread = extent == .nothing
        self.requests = max(1, requests)
    }

    private func affordable(_ interval: Double, _ budget: FreshnessPlan.Budget) -> Double {
        max(interval, Double(requests) * 3600 / (Double(max(1, budget.allowance)) * FreshnessPlan.listShare))
    }

    /// Seconds from the last reading to the next, if the budget allows it.
    private var gapAfterLast: Double {
        guard failures > 0 else { return interval }
        let retry = Self.retryGap.doubled(failures - 1)
        return min(interval, areUnread ? min(retry, Self.longestBlindWait) : retry)
    }
}
