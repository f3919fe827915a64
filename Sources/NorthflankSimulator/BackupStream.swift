/// A series of backups of one addon: what a schedule makes, or imports by hand. All times are real ones,
/// before the time scale divides them.
struct BackupStream: Sendable, Equatable {
    /// How often the schedule begins anew.
    enum Interval: String, Sendable {
        case hourly, daily, weekly

        var seconds: Double {
            switch self {
            case .hourly: 3600
            case .daily: 86_400
            case .weekly: 604_800
            }
        }
    }

    let kind: BackupKind
    let interval: Interval
    let minute: [Int]
    /// Of no meaning to an hourly stream.
    let hour: [Int]
    /// Days of the week; 0 is Monday. They have a meaning to a weekly stream alone.
    let day: [Int]
    let retentionDays: Int
    /// Seconds that a run takes, give or take a quarter.
    let duration: Double
    /// Size of a run, give or take a twentieth.
    let bytes: Double
    /// Seconds from the beginning of a period, as counted from 1970, to each of its runs; rising, never empty.
    private let offsets: [Double]

    init(
        kind: BackupKind, interval: Interval, minute: [Int], hour: [Int] = [0], day: [Int] = [0],
        retentionDays: Int, duration: Double, bytes: Double
    ) {
        self.kind = kind
        self.interval = interval
        self.minute = minute
        self.hour = hour
        self.day = day
        self.retentionDays = retentionDays
        self.duration = duration
        self.bytes = bytes
        // 1970 began on a Thursday, so its first Monday is day 4.
        let days = interval == .weekly ? day.map { (4 + $0) % 7 * 86_400 } : [0]
        let hours = interval == .hourly ? [0] : hour.map { $0 * 3600 }
        offsets = days.flatMap { day in
            hours.flatMap { hour in minute.map { Double(day + hour + $0 * 60) } }
        }.sorted()
    }

    // MARK: Slots

    /// Slots are counted from 1970, all that a schedule has in a period one after the other.
    var slotsPerPeriod: Int64 { Int64(offsets.count) }

    /// When a slot begins: seconds since 1970.
    func time(of slot: Int64) -> Double {
        let place = slot.quotientAndRemainder(rounded: slotsPerPeriod)
        return Double(place.quotient) * interval.seconds + offsets[Int(place.remainder)]
    }

    /// The newest slot that has begun.
    func newestSlot(at seconds: Double) -> Int64 {
        let periods = (seconds / interval.seconds).rounded(.down)
        // A clock out of range must not stop the server.
        guard let period = Int64(exactly: periods), period.magnitude < 1 << 40 else { return 0 }
        let rest = seconds - periods * interval.seconds
        let begun = offsets.firstIndex { $0 > rest } ?? offsets.count
        return period * slotsPerPeriod + Int64(begun) - 1
    }

    // MARK: Words

    /// The schedule as the API shows it, or nil for imports.
    func schedule(createdAt: String) -> SimulatedSchedule? {
        guard let backupType = kind.backupType else { return nil }
        return SimulatedSchedule(
            id: kind.slug, backupType: backupType, interval: interval.rawValue, minute: minute,
            hour: interval == .hourly ? [] : hour, day: interval == .weekly ? day : [],
            retentionDays: retentionDays, createdAt: createdAt
        )
    }
}

extension Int64 {
    /// Division that rounds down, so that remainders count from 0 before 1970 as well.
    fileprivate func quotientAndRemainder(rounded divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
