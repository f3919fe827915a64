/// What the newest slots and attempts of an addon say about the zone of its schedules' times.
///
/// Only daily and weekly schedules, and hourly ones with a list of hours, say anything: the others are due at every hour
/// of any zone.
package enum ZoneEvidence: Equatable, Sendable {
    /// No schedule says anything, or no attempt is known.
    case none
    /// No slot is old enough to be judged in every zone.
    case tooNew
    /// The newest slots were filled punctually by the zone in force.
    case punctual
    /// The newest slots, the newest first. At least one of the two newest was not filled punctually.
    case slots([LocalSlot])

    /// The number of slots that count.
    static let most = 10
    /// How many of them decide whether the zone in force is punctual.
    private static let newest = 2
    /// Days in which slots are searched: few for most schedules, ten weeks for weekly ones.
    private static let reaches: [Int64] = [3, 15, 75]

    /// - Parameters:
    ///   - attempts: newest first, with any status.
    ///   - zone: the zone in force.
    init(_ schedules: [BackupSchedule], _ attempts: [Attempt], zone: Zone, observedAt: Timestamp) {
        self = .none
        let starts = ByType<[Int64]>(of: attempts)
        guard let newest = starts.compactMap(\.value.first).max(),
            schedules.contains(where: { $0.rule?.saysZone == true })
        else { return }
        self = .tooNew
        // No zone is further away, so that from then on no attempt can fill the slot any more.
        let latest = min(observedAt.milliseconds, newest) + QuarterHours.longest
        let through = min(latest, observedAt.milliseconds - QuarterHours.longest - LocalSlot.late)
        for reach in Self.reaches {
            let found = Self.slots(schedules, starts, after: through - reach * Civil.day, through: through)
            let isEnough = found.count >= Self.most || reach == Self.reaches.last
            guard isEnough || found.count >= Self.newest else { continue }
            let first = found.prefix(Self.newest)
            if !first.isEmpty, first.allSatisfy({ $0.isFilled(by: zone) }) { self = .punctual }
            if self == .punctual || found.isEmpty { return }
            guard isEnough else { continue }
            self = .slots(Array(found.prefix(Self.most)))
            return
        }
    }

    /// Whether another zone than that in force may explain why slots were not filled punctually.
    func isDoubtful(inForce zone: Zone) -> Bool {
        switch self {
        case .none, .punctual: false
        case .tooNew: true
        case .slots(let slots): slots.contains { !$0.offsets.isEmpty && !$0.isFilled(by: zone) }
        }
    }

    /// The slots in a range of local times, the newest first.
    private static func slots(
        _ schedules: [BackupSchedule], _ starts: ByType<[Int64]>, after: Int64, through: Int64
    ) -> [LocalSlot] {
        var found: [LocalSlot] = []
        for type in BackupType.scheduled {
            guard let starts = starts[type] else { continue }
            // As if their times were of UTC: then the slots are local times.
            let local = schedules.filter { $0.type == type && $0.rule?.saysZone == true }.map { schedule in
                var schedule = schedule
                schedule.effectiveFrom = schedule.effectiveFrom.adding(milliseconds: QuarterHours.longest)
                return schedule
            }
            let times = SlotCalendar(local, zone: .utc).slots(
                after: Timestamp(milliseconds: after), through: Timestamp(milliseconds: through))
            found += times.suffix(most).map { LocalSlot(local: $0.milliseconds, starts: starts) }
        }
        return found.sorted { $0.local > $1.local }
    }
}

/// A local time at which a backup was due, and in which zones an attempt began then.
package struct LocalSlot: Equatable, Sendable {
    /// An attempt can begin this much earlier than its slot, and this much later, in milliseconds.
    static let early = Civil.minute
    static let late = 5 * Civil.minute

    /// Milliseconds, as if the local time were of UTC.
    package let local: Int64
    /// The offsets from UTC with which an attempt began punctually.
    let offsets: QuarterHours

    /// - Parameter starts: of attempts, in milliseconds, the latest first.
    init(local: Int64, starts: [Int64]) {
        self.local = local
        var offsets = QuarterHours()
        for start in starts {
            let offset = local - start
            if offset > QuarterHours.longest + Civil.hour { break }
            // At most one quarter of an hour lies in the range.
            let nearest = offset + Self.late - (offset + Self.late).modulo(QuarterHours.unit)
            if nearest >= offset - Self.early { offsets.insert(nearest) }
        }
        self.offsets = offsets
    }

    func isFilled(by zone: Zone) -> Bool { offsets.contains(local - zone.instant(ofLocal: local)) }
}

/// A set of offsets from UTC in whole quarters of an hour, up to 14 hours to the east and to the west.
struct QuarterHours: Equatable, Sendable {
    static let unit = 15 * Civil.minute
    static let longest = 14 * Civil.hour

    private var east: UInt64 = 0
    private var west: UInt64 = 0

    var isEmpty: Bool { east == 0 && west == 0 }

    /// - Parameter offset: in milliseconds. An offset that is longer or no whole number of quarters is left out.
    mutating func insert(_ offset: Int64) {
        guard let number = Self.number(offset) else { return }
        if number < 0 { west |= 1 << UInt64(-number) } else { east |= 1 << UInt64(number) }
    }

    func contains(_ offset: Int64) -> Bool {
        guard let number = Self.number(offset) else { return false }
        return (number < 0 ? west >> UInt64(-number) : east >> UInt64(number)) & 1 == 1
    }

    private static func number(_ offset: Int64) -> Int64? {
        guard abs(offset) <= longest, offset % unit == 0 else { return nil }
        return offset / unit
    }
}

extension BackupSchedule.Rule {
    /// Whether the times of the rule depend on the zone by more than minutes.
    fileprivate var saysZone: Bool { interval != .hourly || !hours.isEmpty }
}

extension ByType<[Int64]> {
    /// When the attempts of each scheduled type began, the latest first. One without a type counts for all.
    fileprivate init(of attempts: [Attempt]) {
        self = [:]
        for type in BackupType.scheduled {
            let starts = attempts.lazy.filter { $0.type == type || $0.type == .unknown }.map(\.createdAt.milliseconds)
            // Slots further back do not count.
            let newest = Array(starts.prefix(ZoneEvidence.mostStarts))
            if !newest.isEmpty { self[type] = newest }
        }
    }
}

extension ZoneEvidence {
    /// The number of attempts of a type that are looked at: those of ten slots, with as many that fill none.
    fileprivate static let mostStarts = 200
}
