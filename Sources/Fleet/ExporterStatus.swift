package import Backups
package import History

/// Everything that a page shows besides addons.
package struct ExporterStatus: Sendable {
    /// Sorted by name.
    package var accounts: [AccountStatus]
    package var reload: ReloadStatus
    /// Nil where the system does not provide it.
    package var process: ProcessStatus?
    /// Nil only in tests without a history.
    package var history: HistoryStatus?
    /// Webhook events by result.
    package var webhooks: [WebhookResult: Int] = [:]
    /// Nil where nothing is served.
    package var web: WebStatus?
    package var shard = Shard.whole
    /// By account.
    package var observedAges: [String: ObservedAges] = [:]

    package init(accounts: [AccountStatus], reload: ReloadStatus, process: ProcessStatus?) {
        self.accounts = accounts
        self.reload = reload
        self.process = process
    }
}

/// The outcome of reading the configuration, at the start and at each reload.
package struct ReloadStatus: Equatable, Sendable {
    package var isSuccessful: Bool
    package var lastSuccess: Timestamp

    package init(isSuccessful: Bool, lastSuccess: Timestamp) {
        self.isSuccessful = isSuccessful
        self.lastSuccess = lastSuccess
    }
}

/// The ages of the last observations of an account's addons, in seconds; without addons that were never observed, or are
/// gone.
package struct ObservedAges: Equatable, Sendable {
    package let p50: Double
    package let p95: Double
    package let max: Double

    /// By account.
    package static func byAccount(_ addons: some Sequence<Addon>, now: Timestamp) -> [String: ObservedAges] {
        var ages: [String: [Double]] = [:]
        for addon in addons {
            guard let observed = addon.lastObserved, !addon.isGone else { continue }
            ages[addon.key.account, default: []].append(Double(now.millisecondsSince(observed)) / 1000)
        }
        return ages.mapValues { ages in
            let sorted = ages.sorted()
            func quantile(_ share: Double) -> Double { sorted.nearestRank(share) ?? 0 }
            return ObservedAges(p50: quantile(0.5), p95: quantile(0.95), max: quantile(1))
        }
    }
}
