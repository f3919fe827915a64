import Backups
import Freshness
import Logging
import Northflank

/// Says in the log what changes, and nothing about what stays as it is.
struct AccountNotes {
    /// Failing addons that are named one by one; an outage would name them all.
    private static let mostNamed = 10

    private let log: Logger
    private let interval: Double
    private var loggedInterval: Double
    private var failing: Set<AddonKey> = []
    /// Told once each.
    private var schedulesFailing: Set<AddonKey> = []
    private var discoveryErrors: [APIError] = []

    init(log: Logger, interval: Double) {
        self.log = log
        self.interval = interval
        loggedInterval = interval
    }

    /// - Parameter inForce: seconds.
    mutating func interval(inForce: Double, budget: FreshnessPlan.Budget, addons: Int) {
        if inForce <= interval {
            if loggedInterval > interval { log.info("the request budget carries the configured poll interval again") }
            loggedInterval = interval
        } else if inForce > loggedInterval * 1.5 || inForce < loggedInterval / 1.5 {
            loggedInterval = inForce
            log.warning(
                "polling is slowed down to fit the request budget",
                metadata: [
                    "configured": "\(PrometheusDuration.text(interval))",
                    "in_force": "\(PrometheusDuration.text(inForce.rounded()))", "addons": "\(addons)",
                    "requests_per_hour": "\(budget.allowance)", "requests_left": "\(budget.left)",
                ])
        }
    }

    mutating func failed(_ key: AddonKey, _ error: APIError) {
        guard failing.insert(key).inserted else { return }
        let level: Logger.Level = failing.count <= Self.mostNamed ? .warning : .debug
        log.log(
            level: level, "backups could not be collected; the last good data stays",
            metadata: metadata(key, ["reason": "\(error.reason.rawValue)", "error": "\(error.message)"]))
        if failing.count == Self.mostNamed + 1 {
            log.warning("more than \(Self.mostNamed) addons fail; further ones are named at level debug only")
        }
    }

    mutating func schedulesFailed(_ key: AddonKey, _ error: APIError) {
        guard error.reason != .cancelled, schedulesFailing.insert(key).inserted else { return }
        log.log(
            level: schedulesFailing.count <= Self.mostNamed ? .warning : .debug,
            "backup schedules could not be read; max_age counts instead, if there is one",
            metadata: metadata(key, ["reason": "\(error.reason.rawValue)", "error": "\(error.message)"]))
    }

    func gone(_ key: AddonKey) {
        log.warning(
            "the API does not know the addon, by two polls in a row; its series go until it does",
            metadata: metadata(key))
    }

    mutating func collected(_ key: AddonKey, pages: Int) {
        log.debug("backups collected", metadata: metadata(key, ["pages": "\(pages)"]))
        guard failing.remove(key) != nil else { return }
        let level: Logger.Level = failing.count < Self.mostNamed ? .info : .debug
        log.log(level: level, "backups are collected again", metadata: metadata(key))
    }

    mutating func discovered(_ now: Set<AddonKey>, before: Set<AddonKey>, errors: [APIError]) {
        failing.subtract(before.subtracting(now))
        if now != before {
            log.info(
                "discovery found a change",
                metadata: [
                    "added": "\(now.subtracting(before).count)", "removed": "\(before.subtracting(now).count)",
                    "addons": "\(now.count)",
                ])
        }
        if let error = errors.first, errors != discoveryErrors {
            log.warning(
                "discovery is not complete; no addon is dropped",
                metadata: [
                    "failed": "\(errors.count)", "reason": "\(error.reason.rawValue)", "error": "\(error.message)",
                ])
        } else if errors.isEmpty, !discoveryErrors.isEmpty {
            log.info("discovery is complete again")
        }
        discoveryErrors = errors
    }

    private func metadata(_ key: AddonKey, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        more.merging(["project": "\(key.project)", "addon": "\(key.addon)"]) { first, _ in first }
    }
}
