/// What clocks and calendars on the wall count in. Instants and durations are in milliseconds; a local time is the
/// number of milliseconds that its clock is past 1970-01-01T00:00, whatever the zone.
enum Civil {
    static let minute: Int64 = 60_000
    static let hour = 60 * minute
    static let day = 24 * hour
    static let week = 7 * day

    /// From 1970 through 9999: what four digits can say, short of the years before there were computers to back up.
    static let span = 0..<Int64(Timestamp.daysSinceEpoch(year: 10_000, month: 1, day: 1)) * day

    /// - Parameter day: days since 1970-01-01, which was a Thursday.
    /// - Returns: 0 for Monday to 6 for Sunday.
    static func weekday(ofDay day: Int64) -> Int {
        Int((day + 3).modulo(7))
    }
}

extension Int64 {
    /// The remainder of a division that rounds down, so that times before the epoch and offsets to the west are no
    /// different from others.
    func modulo(_ divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}

extension Zone {
    /// Milliseconds east of UTC.
    func shift(at instant: Int64) -> Int64 {
        Int64(offset(Timestamp(milliseconds: instant))) * 1000
    }

    /// The instant at which a clock on the wall shows `local`, by the rules of RFC 5545: the first one of two; and
    /// if there is none, because the clock was put forward over it, the one at which a clock would show it that
    /// was not.
    ///
    /// In both cases that is by the offset before the change. So there is nothing to find out about changes but
    /// the offsets a day earlier and a day later: no offset is as long as a day, and two changes of one zone have
    /// always been most of a week apart since 1970.
    func instant(ofLocal local: Int64) -> Int64 {
        let before = local - shift(at: local - Civil.day)
        let after = local - shift(at: local + Civil.day)
        if before == after || before + shift(at: before) == local { return before }
        return after + shift(at: after) == local ? after : before
    }
}
