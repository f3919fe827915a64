extension SlotCalendar {
    /// The local times of one schedule, and the instants from which they count.
    struct Pattern: Sendable {
        private enum Times {
            /// At these times of every hour, in milliseconds.
            case ofHour([Int64])
            /// At these times of every day whose weekday is listed, in milliseconds.
            case ofDay([Int64], weekdays: [Int])
        }

        private let times: Times
        /// The range in which the times are slots, in milliseconds.
        let effective: Range<Int64>

        /// Nil if the schedule has no slots.
        init?(_ schedule: BackupSchedule) {
            let rule = schedule.rule
            let minutes = Self.valid(rule.minutes, in: 0..<60).map { Int64($0) * Civil.minute }
            switch rule.interval {
            case .hourly:
                guard !minutes.isEmpty else { return nil }
                times = .ofHour(minutes)
            case .daily, .weekly:
                let hours = Self.valid(rule.hours, in: 0..<24).map { Int64($0) * Civil.hour }
                let weekdays = rule.interval == .daily ? Array(0..<7) : Self.valid(rule.days, in: 0..<7)
                guard !minutes.isEmpty, !hours.isEmpty, !weekdays.isEmpty else { return nil }
                times = .ofDay(hours.flatMap { hour in minutes.map { hour + $0 } }, weekdays: weekdays)
            }
            let end = Civil.span.upperBound
            effective = min(max(schedule.effectiveFrom.milliseconds, Civil.span.lowerBound), end)..<end
        }

        /// The values within `range`, each once; the first of `range` if no value is given.
        private static func valid(_ values: [Int], in range: Range<Int>) -> [Int] {
            values.isEmpty ? [range.lowerBound] : range.filter(values.contains)
        }

        /// Milliseconds since Monday's midnight.
        var timesOfWeek: [Int64] {
            switch times {
            case .ofHour(let times):
                (0..<168).flatMap { hour in times.map { hour * Civil.hour + $0 } }
            case .ofDay(let times, let weekdays):
                weekdays.flatMap { weekday in times.map { Int64(weekday) * Civil.day + $0 } }
            }
        }

        /// The slots in a range of instants while the schedule is in effect. Unsorted and possibly repeated, because a
        /// clock that is put forward changes the order of some slots.
        func instants(in range: Range<Int64>, zone: Zone) -> [Int64] {
            let range = range.clamped(to: effective)
            guard !range.isEmpty else { return [] }
            return switch times {
            case .ofHour(let times): Self.hourly(times, in: range, zone: zone)
            case .ofDay(let times, let weekdays): Self.daily(times, weekdays: weekdays, in: range, zone: zone)
            }
        }

        /// Finds, in each hour of UTC, the instants at which the clock shows the times. If the clock changes within the
        /// hour, both offsets are tried, and each counts where it is in force.
        private static func hourly(_ times: [Int64], in range: Range<Int64>, zone: Zone) -> [Int64] {
            var instants = [Int64]()
            var start = range.lowerBound - range.lowerBound % Civil.hour
            var shift = zone.shift(at: start)
            while start < range.upperBound {
                let nextShift = zone.shift(at: start + Civil.hour)
                for candidate in shift == nextShift ? [shift] : [shift, nextShift] {
                    for time in times {
                        let instant = start + (time - candidate).modulo(Civil.hour)
                        guard range.contains(instant) else { continue }
                        if shift == nextShift || zone.shift(at: instant) == candidate { instants.append(instant) }
                    }
                }
                (start, shift) = (start + Civil.hour, nextShift)
            }
            return instants
        }

        /// Finds the slots on each day of the calendar. This includes the days before and after the range, because
        /// local time differs from UTC by most of a day in some zones.
        private static func daily(
            _ times: [Int64], weekdays: [Int], in range: Range<Int64>, zone: Zone
        ) -> [Int64] {
            var instants = [Int64]()
            for day in range.lowerBound / Civil.day - 1...range.upperBound / Civil.day + 1
            where weekdays.contains(Civil.weekday(ofDay: day)) {
                for time in times {
                    let instant = zone.instant(ofLocal: day * Civil.day + time)
                    if range.contains(instant) { instants.append(instant) }
                }
            }
            return instants
        }
    }
}
