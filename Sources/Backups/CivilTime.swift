/// Units of local (civil) time. Instants and durations are in milliseconds. A local time is the number of milliseconds
/// from 1970-01-01T00:00 on the same local clock.
enum Civil {
    static let minute: Int64 = 60_000
    static let hour = 60 * minute
    static let day = 24 * hour
    static let week = 7 * day

    /// From 1970 through 9999, the last year with four digits.
    static let span = 0..<Int64(Timestamp.daysSinceEpoch(year: 10_000, month: 1, day: 1)) * day
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

    /// The longest range for which `constantShift` is right.
    static let longestPiece = 4 * Civil.day

    /// The shift in a range of instants, at most `longestPiece` long, and on the day before and after it; nil if the
    /// clock changes in this time.
    ///
    /// Two offsets are enough to know this, because two changes of a zone are at least 6.9 days apart from 1970 on.
    func constantShift(around piece: Range<Int64>) -> Int64? {
        let shift = shift(at: piece.lowerBound - Civil.day)
        return shift == self.shift(at: piece.upperBound + Civil.day) ? shift : nil
    }

    /// The instant at which a local clock shows `local`, by the rules of RFC 5545. If the clock shows it twice, the
    /// first instant counts. If the clock was put forward over it, the offset before the change counts.
    ///
    /// Both cases use the offset before the change. The offsets a day earlier and a day later are therefore enough:
    /// no offset is as long as a day, and two changes are more than two days apart.
    func instant(ofLocal local: Int64) -> Int64 {
        let before = local - shift(at: local - Civil.day)
        let after = local - shift(at: local + Civil.day)
        if before == after || before + shift(at: before) == local { return before }
        return after + shift(at: after) == local ? after : before
    }
}
