package import Backups

/// An instant in JSON: RFC 3339 in UTC, to the second.
package struct UTCTime: Hashable, Comparable, Sendable {
    /// In whole seconds, so that a text from JSON is the same as one from the values.
    package let instant: Timestamp

    package init(_ instant: Timestamp) {
        // An instant outside of the calendar is a server's invention; its text could not be read again.
        let milliseconds = min(max(instant.milliseconds, Self.span.lowerBound), Self.span.upperBound)
        self.instant = Timestamp(milliseconds: milliseconds / 1000 * 1000)
    }

    /// From 1970 to the end of the year 9999.
    private static let span: ClosedRange<Int64> = 0...253_402_300_799_999

    package static func < (lhs: UTCTime, rhs: UTCTime) -> Bool { lhs.instant < rhs.instant }

    /// Such as `2026-11-26 19:52`.
    package var minute: String { "\(date) \(clock)" }

    /// Such as `2026-11-26`.
    package var date: String { String(instant.text.prefix(10)) }

    /// Such as `19:52`.
    package var clock: String { String(instant.text.dropFirst(11).prefix(5)) }

    /// The time from this instant to a later one.
    package func until(_ later: UTCTime) -> Duration { later.instant - instant }
}

extension UTCTime: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let instant = Timestamp(rfc3339: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no time")
        }
        self.init(instant)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(instant.text)
    }
}
