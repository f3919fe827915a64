/// Units of local (civil) time. Instants and durations are in milliseconds. A local time is the number of milliseconds
/// from 1970-01-01T00:00 on the same local clock.
enum Civil {
    static let minute: Int64 = 60_000
    static let hour = 60 * minute
    static let day = 24 * hour
    static let week = 7 * day

    /// From 1970 through 9999, the last year with four digits.
    static let span = 0..<Int64(Timestamp.daysSinceEpoch(year: 10_000, month: 1, day: 1)) * day

    /// - Parameter day: days since 1970-01-01, which was a Thursday.
    /// - Returns: 0 for Monday to 6 for Sunday.
    static func weekday(ofDay day: Int64) -> Int {
        Int((day + 3).modulo(7))
    }
}

extension Int64 {
    /// The remainder of a division that rounds down, so that it is never negative: neither for times before 1970 nor
    /// for offsets to the west.
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

    /// The instant at which a local clock shows `local`, by the rules of RFC 5545. If the clock shows it twice, the
    /// first instant counts. If the clock was put forward over it, the offset before the change counts.
    ///
    /// Both cases use the offset before the change. The offsets a day earlier and a day later are therefore enough:
    /// no offset is as long as a day, and two changes of one zone have been at least most of a week apart since 1970.
    func instant(ofLocal local: Int64) -> Int64 {
        let before = local - shift(at: local - Civil.day)
        let after = local - shift(at: local + Civil.day)
        if before == after || before + shift(at: before) == local { return before }
        return after + shift(at: after) == local ? after : before
    }
}
