extension Timestamp {
    /// RFC 3339 in UTC, to the second, such as `2026-11-23T16:23:12Z`.
    package var text: String {
        // An instant outside of the calendar is a server's invention.
        guard (-62_135_596_800_000...253_402_300_799_999).contains(milliseconds) else { return "\(milliseconds) ms" }
        let day = milliseconds.dividedDown(by: Civil.day)
        let second = (milliseconds - day * Civil.day) / 1000
        let (year, month, date) = Self.date(ofDay: Int(day))
        func digits(_ value: Int, _ count: Int = 2) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let time = [second / 3600, second / 60 % 60, second % 60].map { digits(Int($0)) }.joined(separator: ":")
        return "\(digits(year, 4))-\(digits(month))-\(digits(date))T\(time)Z"
    }

    /// For people: such as `2026-11-23 16:23 UTC`.
    package var atUTC: String {
        let text = text
        // An instant outside of the calendar has no date.
        guard text.utf8.count == 20 else { return text }
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }

    /// The date of a day since 1970-01-01: the reverse of `daysSinceEpoch`.
    private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
    }
}

extension Int64 {
    fileprivate func dividedDown(by divisor: Int64) -> Int64 { (self - modulo(divisor)) / divisor }
}
