/// An instant in milliseconds since the Unix epoch: the resolution of the API's times, exact where a
/// `Double` of seconds would not be. Arithmetic saturates instead of overflowing, since a server may send any instant.
package struct Timestamp: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// - Parameter seconds: seconds since the Unix epoch; clamped to the representable range.
    package init(seconds: Double) {
        milliseconds = Int64(exactly: (seconds * 1000).rounded()) ?? (seconds < 0 ? .min : .max)
    }

    package static let distantPast = Timestamp(milliseconds: .min)

    /// Seconds since the Unix epoch.
    package var seconds: Double { Double(milliseconds) / 1000 }

    package static func < (lhs: Timestamp, rhs: Timestamp) -> Bool {
        lhs.milliseconds < rhs.milliseconds
    }

    /// The time from `other` to this instant in milliseconds.
    package func millisecondsSince(_ other: Timestamp) -> Int64 {
        let (difference, overflow) = milliseconds.subtractingReportingOverflow(other.milliseconds)
        guard overflow else { return difference }
        return milliseconds < other.milliseconds ? .min : .max
    }

    /// The time from `right` to `left`.
    package static func - (left: Timestamp, right: Timestamp) -> Duration {
        .milliseconds(left.millisecondsSince(right))
    }

    /// The instant a duration later, to the millisecond.
    package static func + (instant: Timestamp, duration: Duration) -> Timestamp {
        instant.adding(milliseconds: duration.milliseconds)
    }

    /// The instant a duration earlier, to the millisecond.
    package static func - (instant: Timestamp, duration: Duration) -> Timestamp {
        let milliseconds = duration.milliseconds
        return instant.adding(milliseconds: milliseconds == .min ? .max : -milliseconds)
    }

    /// The instant so many milliseconds later, or earlier if negative.
    package func adding(milliseconds more: Int64) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(more)
        return Timestamp(milliseconds: overflow ? (more < 0 ? .min : .max) : sum)
    }
}

extension Duration {
    /// In whole milliseconds, rounded towards zero; the nearest `Int64` of a duration that has none.
    package var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, sumOverflow) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return overflow || sumOverflow ? (seconds < 0 ? .min : .max) : sum
    }

    /// In seconds.
    package var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

/// Stored as the number of milliseconds.
extension Timestamp: Codable {
    package init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}
