package import Backups

extension Timestamp {
    /// Parses a date of an HTTP header in the three formats that RFC 9110 (section 5.6.7) obliges recipients to accept:
    /// `Sun, 06 Nov 1994 08:49:37 GMT`, and two of older servers. The day of the week is not checked.
    package init?(httpDate text: String) {
        var words = text.split { $0 == " " || $0 == "," || $0 == "-" }
        // `Sun Nov  6 08:49:37 1994` has the month first, and the year last.
        if words.count == 5 { words = [words[0], words[2], words[1], words[4], words[3], "GMT"] }
        guard words.count == 6, words[5] == "GMT", let month = Self.months.firstIndex(of: words[2]),
            (1...2).contains(words[1].utf8.count), let day = UInt8(words[1]), let year = Self.year(words[3])
        else { return nil }
        self.init(rfc3339: "\(year)-\(Self.twoDigits(month + 1))-\(Self.twoDigits(Int(day)))T\(words[4])Z")
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// A year of two digits is one from 1970 on, since these dates are about now.
    private static func year(_ text: Substring) -> Substring? {
        guard text.utf8.count == 2 else { return text }
        return UInt8(text).map { ($0 < 70 ? "20" : "19") + text }
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
