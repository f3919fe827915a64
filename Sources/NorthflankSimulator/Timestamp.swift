/// ISO 8601 in UTC with milliseconds, as the API writes its instants.
enum Timestamp {
    /// `2021-01-20T11:19:53.175Z` for a number of milliseconds since 1970.
    static func text(milliseconds: Int64) -> String {
        let days = floorDivide(milliseconds, 86_400_000)
        var rest = milliseconds - days * 86_400_000
        let millisecond = rest % 1000
        rest /= 1000
        let (year, month, day) = civil(days: days)

        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        append(year, width: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(day, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        append(rest / 3600, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(rest / 60 % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(rest % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        append(millisecond, width: 3, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The same for seconds since 1970, cut to whole milliseconds.
    static func text(seconds: Double) -> String {
        text(milliseconds: milliseconds(seconds))
    }

    /// `Wed, 20 Jan 2021 11:19:53 GMT`, as the header `Date` has it.
    static func httpDate(seconds: Double) -> String {
        let whole = floorDivide(milliseconds(seconds), 1000)
        let days = floorDivide(whole, 86_400)
        let rest = whole - days * 86_400
        let (year, month, day) = civil(days: days)
        // 1970-01-01 was a Thursday.
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(days - floorDivide(days, 7) * 7)]
        let name = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ][Int(month) - 1]
        var bytes = Array("\(weekday), ".utf8)
        append(day, width: 2, to: &bytes)
        bytes.append(contentsOf: " \(name) ".utf8)
        append(year, width: 4, to: &bytes)
        for (separator, number) in [(" ", rest / 3600), (":", rest / 60 % 60), (":", rest % 60)] {
            bytes.append(contentsOf: separator.utf8)
            append(number, width: 2, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self) + " GMT"
    }

    /// Whole milliseconds; 0 for a time out of range, so that it does not stop the server.
    static func milliseconds(_ seconds: Double) -> Int64 {
        Int64(exactly: (seconds * 1000).rounded(.down)) ?? 0
    }

    /// The middle of a millisecond, so that rounding does not change the millisecond.
    static func seconds(_ milliseconds: Int64) -> Double {
        (Double(milliseconds) + 0.5) / 1000
    }

    /// The Gregorian date of a day counted from 1970-01-01. The calculation uses 400-year eras that start on 1 March.
    private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }

    private static func append(_ value: Int64, width: Int, to bytes: inout [UInt8]) {
        let digits = String(value).utf8
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, width - digits.count)))
        bytes.append(contentsOf: digits)
    }
}
