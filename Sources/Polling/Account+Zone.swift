package import Backups
import Fleet
import Freshness
import Logging
package import Settings

/// The zone of the schedules' times, which Northflank does not say: the account's backups show it.
extension Account {
    /// Seconds after which an account that is not read completely judges by the zone in force.
    static let longestZoneWait = 3600.0

    /// The zone by which addons are judged.
    package var judgingZone: JudgingZone { JudgingZone(zone: zone, isOpen: isZoneOpen) }

    /// Decides the zone at the start, before anything is judged for good. The known addons were judged by UTC.
    mutating func beginZone(previous: PollingStatus, now: Instant) {
        (status.takenZone, status.findings) = (nil, [])
        defer { status.zone = zone }
        guard configuration.objective.isTimeZoneAuto else {
            // Until the backups are looked at again, what they showed before still holds.
            status.findings = previous.zone == zone ? previous.findings.filter(\.isAboutTimeZone) : []
            return
        }
        isZoneOpen = true
        zoneOpenUntil = now.uptime + Self.longestZoneWait
        let evidence = zoneEvidence
        guard let fit = ZoneFit(evidence, among: TimeZones.candidates, inForce: zone) ?? previous.takenZone else {
            return
        }
        if fit.zone != previous.takenZone?.zone { log(notes.taken(fit, instead: zone)) }
        (zone, isZoneOpen, status.takenZone) = (fit.zone, false, fit)
    }

    /// Takes in what the backups show by now, once a minute at most: in a large account most polls show something new, and
    /// it takes as long as there are addons.
    mutating func reviewZone(now: Instant) {
        guard isZoneEvidenceNew else { return }
        // At the end of the first round at once: the first page that is complete has the finding, too.
        let isFirst = plan.isFirstRoundDone && !isZoneReviewed
        guard isFirst || now.uptime >= nextZoneReview else { return }
        if plan.isFirstRoundDone { isZoneReviewed = true }
        (isZoneEvidenceNew, nextZoneReview) = (false, now.uptime + 60)
        let fit = ZoneFit(zoneEvidence, among: TimeZones.candidates, inForce: zone)
        if configuration.objective.isTimeZoneAuto {
            if let fit { take(fit, now: now) }
            return
        }
        var new = status
        new.findings = status.findings.filter { !$0.isAboutTimeZone }
        if let fit { new.findings.insert(.timeZone(fit.after(status.findings), inForce: zone), at: 0) }
        guard new != status else { return }
        if let fit, !status.findings.contains(where: \.isAboutTimeZone) { log(notes.doesNotFit(zone, fit)) }
        status = new
        effects.append(.publishStatus(status))
    }

    /// Decides the zone for good once every addon was read, or if that takes too long.
    mutating func settleZone(now: Instant) {
        guard isZoneOpen, plan.isFirstRoundDone || now.uptime >= zoneOpenUntil else { return }
        (isZoneEvidenceNew, nextZoneReview) = (true, now.uptime)
        reviewZone(now: now)
        guard isZoneOpen else { return }
        isZoneOpen = false
        let doubtful = addons.values.filter { $0.assessment?.isZoneInDoubt == true }
        judgeAgain(doubtful.map(\.key))
    }

    mutating func judgeAgain(_ keys: [AddonKey]) {
        if !keys.isEmpty { effects.append(.keep(.judgedAgain(keys.sorted()))) }
    }

    private mutating func take(_ fit: ZoneFit, now: Instant) {
        log(notes.taken(fit, instead: zone))
        (zone, isZoneOpen) = (fit.zone, false)
        (status.zone, status.takenZone) = (zone, fit)
        effects.append(.publishStatus(status))
        judgeAgain(Array(addons.keys))
    }

    private var zoneEvidence: [ZoneEvidence] {
        addons.values.lazy.filter { !$0.isGone }.compactMap { $0.assessment?.zoneEvidence }
    }
}

/// The zone by which an account's addons are judged.
package struct JudgingZone: Sendable {
    package let zone: Zone
    /// Whether it is not decided yet.
    package let isOpen: Bool

    package init(zone: Zone, isOpen: Bool) {
        self.zone = zone
        self.isOpen = isOpen
    }

    /// The zone by which an account's addons are judged before the account has decided it.
    package init(before account: AccountConfiguration) {
        self.init(zone: account.zone, isOpen: account.objective.isTimeZoneAuto)
    }
}

extension ZoneFit {
    /// The same since it was found first.
    fileprivate func after(_ findings: [AccountFinding]) -> ZoneFit {
        guard case .timeZone(let before, _)? = findings.first, before.zone == zone else { return self }
        return ZoneFit(zone: zone, addons: addons, since: min(since, before.since), earlier: earlier)
    }
}

extension AccountNotes {
    func taken(_ fit: ZoneFit, instead zone: Zone) -> AccountNote {
        AccountNote(.info, "time zone of schedules is taken from the backups", Self.metadata(fit, zone))
    }

    func doesNotFit(_ zone: Zone, _ fit: ZoneFit) -> AccountNote {
        AccountNote(.warning, "time zone of schedules does not fit the backups", Self.metadata(fit, zone))
    }

    private static func metadata(_ fit: ZoneFit, _ zone: Zone) -> [String: String] {
        [
            "fits": fit.zone.identifier, "in_force": zone.identifier, "addons": "\(fit.addons)",
            "earlier_seconds": "\(fit.earlier.components.seconds)",
        ]
    }
}
