package import Backups

/// What was kept of every addon in a range of days, by the history alone: for audits.
package struct BackupReport: Equatable, Sendable {
    package var request: ReportRequest
    /// The zones of the accounts' schedules, by account.
    package var zones: [String: String]
    package var madeAt: Timestamp
    /// Of the exporter.
    package var version: String
    /// The worst first, those that are not judged last.
    package let addons: [ReportedAddon]

    /// - Parameter addons: those that `request` includes, in any order.
    package init(
        _ request: ReportRequest, _ addons: [ReportedAddon], zones: [String: String], madeAt: Timestamp, version: String
    ) {
        (self.request, self.zones, self.madeAt, self.version) = (request, zones, madeAt, version)
        self.addons = addons.sorted { ($0.rank, $0.key) < ($1.rank, $1.key) }
    }

    package var accounts: [String] { Set(addons.map(\.key.account)).sorted() }
    var judged: [ReportedAddon] { addons.filter { $0.isProtected != nil } }
    var unprotected: [ReportedAddon] { addons.filter { $0.isProtected == false } }
    var slots: ReportedAddon.Slots { addons.reduce(.init()) { $0 + $1.allSlots } }

    /// The databases that were watched at the end, not gone and not left out.
    var watchedAtEnd: Int { addons.count { $0.goneSince == nil && !$0.isLeftOut } }

    /// The waivers that were in force in the range, with their addons.
    var waivers: [(addon: ReportedAddon, waiver: WaiverPeriod)] {
        addons.flatMap { addon in addon.waivers.map { (addon, $0) } }
    }

    /// Waivers in force at the end.
    var waiversInForce: Int {
        let end = min(request.range.upperBound, madeAt)
        return waivers.count { $0.waiver.from < end && $0.waiver.end >= end }
    }

    /// The time of the range in which at least one database was watched, and the parts of it in which none was observed.
    var observation: (watched: Duration, unobserved: [Range<Timestamp>]) {
        let watched = addons.flatMap(\.watched).merged
        let observed = addons.flatMap { addon in addon.watched.without(addon.unobserved) }.merged
        return (watched.length, watched.without(observed))
    }

    /// The part of the range that was over when the report was made.
    var pastRange: Range<Timestamp> {
        let start = request.range.lowerBound
        return start..<max(start, min(request.range.upperBound, madeAt))
    }

    /// The figures of one policy.
    struct Policy: Equatable {
        var name: String
        var databases = 0
        /// Databases that were protected all the time.
        var whole = 0
        var judged = 0
        var slots = ReportedAddon.Slots()
        var lowestShare: Double?
    }

    /// By policy: those with judged databases first, the most databases first within each.
    var policies: [Policy] {
        var policies: [String: Policy] = [:]
        for addon in addons {
            let name = addon.policy ?? ReportRequest.noPolicy
            var policy = policies[name] ?? Policy(name: name)
            policy.databases += 1
            policy.whole += addon.isProtected == true ? 1 : 0
            policy.judged += addon.isProtected == nil ? 0 : 1
            policy.slots = policy.slots + addon.allSlots
            policy.lowestShare = [policy.lowestShare, addon.share.ratio].compactMap(\.self).min()
            policies[name] = policy
        }
        return policies.values.sorted {
            ($0.judged == 0 ? 1 : 0, -$0.databases, $0.name) < ($1.judged == 0 ? 1 : 0, -$1.databases, $1.name)
        }
    }
}

extension ReportedAddon {
    /// Less is worse.
    fileprivate var rank: Double {
        switch notJudged {
        case .noObjective: 3
        case .waived, .paused, .notObserved: 4
        case nil: (share.ratio ?? 1) + (isProtected == true ? 1 : 0)
        }
    }
}
