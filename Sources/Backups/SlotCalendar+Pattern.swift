extension SlotCalendar {
    /// The local times of one schedule, and the instants from which they count.
    struct Pattern: Sendable {
        /// The start of an hour, of a day and of a week: Monday, 1970-01-05, on the local clock.
        private static let origin = 4 * Civil.day

        /// The time after which the local times repeat: an hour, a day or a week.
        let period: Int64
        /// The local times of one period, ascending, in milliseconds since its start.
        private let times: [Int64]
        /// Whether clock changes are treated as for an hourly schedule.
        private let isHourly: Bool
        /// The range in which the times are slots, in milliseconds.
        let effective: Range<Int64>

        /// Nil if the schedule has no slots.
        init?(_ schedule: BackupSchedule) {
            guard let rule = schedule.rule else { return nil }
            isHourly = rule.interval == .hourly
            let minutes = Self.valid(rule.minutes, in: 0..<60, of: Civil.minute)
            let hours = { Self.sums(Self.valid(rule.hours, in: 0..<24, of: Civil.hour), minutes) }
            switch rule.interval {
            case .hourly where rule.hours.isEmpty: (period, times) = (Civil.hour, minutes)
            case .hourly, .daily: (period, times) = (Civil.day, hours())
            case .weekly:
                let days = Self.valid(rule.days, in: 0..<7, of: Civil.day)
                (period, times) = (Civil.week, Self.sums(days, hours()))
            }
            guard !times.isEmpty else { return nil }
            let end = Civil.span.upperBound
            effective = min(max(schedule.effectiveFrom.milliseconds, Civil.span.lowerBound), end)..<end
        }

        /// The values within `range`, each once and ascending, as multiples of `unit`; the first of `range` if no value
        /// is given.
        private static func valid(_ values: [Int], in range: Range<Int>, of unit: Int64) -> [Int64] {
            (values.isEmpty ? [range.lowerBound] : range.filter(values.contains)).map { Int64($0) * unit }
        }

        private static func sums(_ long: [Int64], _ short: [Int64]) -> [Int64] {
            long.flatMap { long in short.map { long + $0 } }
        }

        /// The times of a longer period, which is a multiple of the schedule's own, in milliseconds since its start.
        func times(of longer: Int64) -> [Int64] {
            Self.sums(Array(stride(from: 0, to: longer, by: Int(period))), times)
        }

        /// The slots in a range of instants while the schedule is in effect. Unsorted and possibly repeated, because a
        /// clock that is put forward changes the order of some slots.
        func instants(in range: Range<Int64>, zone: Zone) -> [Int64] {
            let range = range.clamped(to: effective)
            var instants: [Int64] = []
            for start in stride(from: range.lowerBound, to: range.upperBound, by: Int(Zone.longestPiece)) {
                let piece = start..<min(start + Zone.longestPiece, range.upperBound)
                if let shift = zone.constantShift(around: piece) {
                    let local = piece.lowerBound + shift..<piece.upperBound + shift
                    eachLocalTime(in: local) { instants.append($0 - shift) }
                } else if isHourly {
                    addHourly(in: piece, zone: zone, to: &instants)
                } else {
                    // Local time differs from UTC by most of a day in some zones.
                    eachLocalTime(in: piece.lowerBound - Civil.day..<piece.upperBound + Civil.day) { time in
                        let instant = zone.instant(ofLocal: time)
                        if piece.contains(instant) { instants.append(instant) }
                    }
                }
            }
            return instants
        }

        private func eachLocalTime(in range: Range<Int64>, _ body: (Int64) -> Void) {
            let first = range.lowerBound - (range.lowerBound - Self.origin).modulo(period)
            for start in stride(from: first, to: range.upperBound, by: Int(period)) {
                for time in times where range.contains(start + time) { body(start + time) }
            }
        }

        /// Finds, in each hour of UTC, the instants at which the clock shows one of the times of an hourly schedule. If the clock changes within the
        /// hour, both offsets are tried, and each counts where it is in force.
        private func addHourly(in range: Range<Int64>, zone: Zone, to instants: inout [Int64]) {
            let minutes = Set(times.map { $0 % Civil.hour })
            let shown = Set(times)
            var start = range.lowerBound - range.lowerBound % Civil.hour
            var shift = zone.shift(at: start)
            while start < range.upperBound {
                let nextShift = zone.shift(at: start + Civil.hour)
                for candidate in shift == nextShift ? [shift] : [shift, nextShift] {
                    for minute in minutes {
                        let instant = start + (minute - candidate).modulo(Civil.hour)
                        guard range.contains(instant), shown.contains((instant + candidate).modulo(period))
                        else { continue }
                        if shift == nextShift || zone.shift(at: instant) == candidate { instants.append(instant) }
                    }
                }
                (start, shift) = (start + Civil.hour, nextShift)
            }
        }
    }
}
