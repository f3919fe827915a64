/// A series of backups of one addon: the backups of a schedule, or imports. All times are real, before the time scale
/// divides them.
struct BackupStream: Sendable, Equatable {
    /// The period of the schedule.
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
    /// Ignored for an hourly stream.
    let hour: [Int]
    /// Days of the week; 0 is Monday. Used for a weekly stream only.
    let day: [Int]
    let retentionDays: Int
    /// Seconds that a run takes, plus or minus a quarter.
    let duration: Double
    /// Size of a run, plus or minus a twentieth.
    let bytes: Double
    /// Seconds from the start of a period, counted from 1970, to each of its runs; ascending, never empty.
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
        // 1970 started on a Thursday, so its first Monday is day 4.
        let days = interval == .weekly ? day.map { (4 + $0) % 7 * 86_400 } : [0]
        let hours = interval == .hourly ? [0] : hour.map { $0 * 3600 }
        offsets = days.flatMap { day in
            hours.flatMap { hour in minute.map { Double(day + hour + $0 * 60) } }
        }.sorted()
    }

    // MARK: Slots

    /// The number of slots in a period. Slots are numbered consecutively from 1970.
    var slotsPerPeriod: Int64 { Int64(offsets.count) }

    /// The start of a slot, in seconds since 1970.
    func time(of slot: Int64) -> Double {
        let place = slot.quotientAndRemainder(rounded: slotsPerPeriod)
        return Double(place.quotient) * interval.seconds + offsets[Int(place.remainder)]
    }

    /// The newest slot that has started.
    func newestSlot(at seconds: Double) -> Int64 {
        let periods = (seconds / interval.seconds).rounded(.down)
        // A clock out of range must not stop the server.
        guard let period = Int64(exactly: periods), period.magnitude < 1 << 40 else { return 0 }
        let rest = seconds - periods * interval.seconds
        let begun = offsets.firstIndex { $0 > rest } ?? offsets.count
        return period * slotsPerPeriod + Int64(begun) - 1
    }

    // MARK: Schedule

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
    /// Division that rounds down, so that remainders are not negative before 1970.
    fileprivate func quotientAndRemainder(rounded divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
