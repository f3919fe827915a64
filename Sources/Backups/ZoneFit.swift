/// Another zone than that in force, which the backups of an account's addons fit.
package struct ZoneFit: Equatable, Sendable {
    /// The number of addons that speak for a zone.
    package static let leastAddons = 3
    /// The number of slots of one addon that are enough without others.
    package static let leastSlots = 5
    /// The number of slots that an addon must have to count.
    static let leastSlotsEach = 2

    package let zone: Zone
    /// The addons that speak for the zone.
    package let addons: Int
    /// The first slot, of those that were looked at, that was filled by this zone and not by the zone in force.
    package let since: Timestamp
    /// How much earlier than by the zone in force backups begin; negative if they begin later.
    package let earlier: Duration

    package init(zone: Zone, addons: Int, since: Timestamp, earlier: Duration) {
        self.zone = zone
        self.addons = addons
        self.since = since
        self.earlier = earlier
    }

    /// Finds the zone for which the most addons speak; nil if there is not enough evidence, or if as many addons speak
    /// for the zone in force.
    ///
    /// - Parameters:
    ///   - evidence: of all addons of an account.
    ///   - candidates: of two that fit equally, the first one counts.
    package init?(_ evidence: [ZoneEvidence], among candidates: [Zone], inForce: Zone) {
        let punctual = evidence.count { $0 == .punctual }
        let addons = evidence.compactMap { one -> [LocalSlot]? in
            if case .slots(let slots) = one { slots } else { nil }
        }
        guard !addons.isEmpty else { return nil }
        let current = Votes(addons, zone: inForce, inForce: nil)
        var best: (zone: Zone, votes: Votes)?
        for zone in candidates where zone != inForce {
            let votes = Votes(addons, zone: zone, inForce: current)
            guard votes.isEnough, votes.speaking > punctual + votes.against else { continue }
            if let best, !(best.votes < votes) { continue }
            best = (zone, votes)
        }
        guard let (zone, votes) = best else { return nil }
        let difference = inForce.instant(ofLocal: votes.last) - zone.instant(ofLocal: votes.last)
        self.init(
            zone: zone, addons: votes.speaking,
            since: Timestamp(milliseconds: zone.instant(ofLocal: votes.first)), earlier: .milliseconds(difference))
    }
}

/// What the addons of an account say about one zone.
private struct Votes {
    /// The addons whose slots were filled by this zone rather than by the zone in force.
    private(set) var speaking = 0
    /// The addons of which the opposite is true.
    private(set) var against = 0
    /// The slots that were filled by this zone and not by the zone in force, less the others.
    private var balance = 0
    /// Most of these slots of one addon.
    private var most = 0
    /// The first and the last local time of these slots.
    private(set) var (first, last): (Int64, Int64) = (.max, .min)
    /// Whether each slot was filled, for each addon.
    private var filled: [[Bool]] = []

    /// - Parameter inForce: the votes for the zone in force; nil for these votes themselves.
    init(_ addons: [[LocalSlot]], zone: Zone, inForce: Votes?) {
        // Most addons have the same slots.
        var instants: [Int64: Int64] = [:]
        for (index, slots) in addons.enumerated() {
            let filled = slots.map { slot in
                let instant = instants[slot.local] ?? zone.instant(ofLocal: slot.local)
                instants[slot.local] = instant
                return slot.offsets.contains(slot.local - instant)
            }
            if let inForce { add(slots, filled, inForce.filled[index]) } else { self.filled.append(filled) }
        }
    }

    private mutating func add(_ slots: [LocalSlot], _ filled: [Bool], _ before: [Bool]) {
        let gained = slots.indices.filter { filled[$0] && !before[$0] }
        let lost = slots.indices.count { !filled[$0] && before[$0] }
        if lost > gained.count { against += 1 }
        let known = slots.count { !$0.offsets.isEmpty }
        let fits = filled.count { $0 }
        // A backup by hand can fill a slot of any zone by chance.
        guard gained.count >= ZoneFit.leastSlotsEach, lost * 4 <= gained.count, fits * 2 >= known else { return }
        speaking += 1
        balance += gained.count - lost
        most = max(most, gained.count)
        for index in gained {
            first = min(first, slots[index].local)
            last = max(last, slots[index].local)
        }
    }

    var isEnough: Bool { speaking >= ZoneFit.leastAddons || most >= ZoneFit.leastSlots }

    static func < (lhs: Votes, rhs: Votes) -> Bool { (lhs.speaking, lhs.balance) < (rhs.speaking, rhs.balance) }
}
