extension Timestamp {
    /// Parses an ISO 8601 instant in the profile of RFC 3339, as the API writes it
    /// (`2021-01-20T11:19:53.175Z`): fractions of any length (digits beyond milliseconds are dropped), `Z` or
    /// a numeric offset.
    ///
    /// Returns nil for any other text, and for dates that do not exist. Parsed by hand because a sweep parses two
    /// instants per backup, directly from the bytes of the page.
    package init?(rfc3339 text: Span<UInt8>) {
        var reader = DigitReader()
        guard
            let year = reader.number(text, digits: 4), reader.take(text, "-"),
            let month = reader.number(text, digits: 2), reader.take(text, "-"),
            let day = reader.number(text, digits: 2),
            reader.take(text, "T") || reader.take(text, "t") || reader.take(text, " "),
            let hour = reader.number(text, digits: 2), reader.take(text, ":"),
            let minute = reader.number(text, digits: 2), reader.take(text, ":"),
            let second = reader.number(text, digits: 2),
            let millisecond = reader.fraction(text),
            let offsetMinutes = reader.offset(text),
            reader.position == text.count,
            (1...12).contains(month), (1...Self.daysIn(month: month, year: year)).contains(day),
            hour < 24, minute < 60, second <= 60  // 60 is a leap second, counted as the next one
        else { return nil }
        let days = Self.daysSinceEpoch(year: year, month: month, day: day)
        let seconds = ((days * 24 + hour) * 60 + minute - offsetMinutes) * 60 + second
        self.init(milliseconds: Int64(seconds) * 1000 + Int64(millisecond))
    }

    package init?(rfc3339 text: String) {
        self.init(rfc3339: text.utf8.span)
    }

    package static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar. The calculation starts years in March, so that the
    /// leap day is the last day of its year.
    package static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

/// Reads fixed-width decimal fields from the front of some bytes. The bytes are passed to each call because a span
/// cannot be stored.
private struct DigitReader {
    var position = 0

    mutating func take(_ text: Span<UInt8>, _ character: Unicode.Scalar) -> Bool {
        guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func digit(_ text: Span<UInt8>) -> Int? {
        guard position < text.count, text[position] >= 48, text[position] <= 57 else { return nil }
        defer { position += 1 }
        return Int(text[position] - 48)
    }

    mutating func number(_ text: Span<UInt8>, digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let digit = digit(text) else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// The milliseconds of an optional fraction; nil if there is a point without digits.
    mutating func fraction(_ text: Span<UInt8>) -> Int? {
        guard take(text, ".") else { return 0 }
        guard var value = digit(text).map({ $0 * 100 }) else { return nil }
        var scale = 10
        while let digit = digit(text) {
            value += digit * scale
            scale /= 10
        }
        return value
    }

    /// Minutes east of UTC.
    mutating func offset(_ text: Span<UInt8>) -> Int? {
        if take(text, "Z") || take(text, "z") { return 0 }
        let sign: Int
        if take(text, "+") { sign = 1 } else if take(text, "-") { sign = -1 } else { return nil }
        guard
            let hours = number(text, digits: 2), take(text, ":"),
            let minutes = number(text, digits: 2), hours < 24, minutes < 60
        else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
