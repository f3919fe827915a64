/// An instant in milliseconds since the Unix epoch: the resolution of the API's times, exact where a
/// `Double` of seconds would not be.
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

    /// The time from `other` to this instant in milliseconds; saturates instead of overflowing, since either
    /// may have been made up by a server.
    package func millisecondsSince(_ other: Timestamp) -> Int64 {
        let (difference, overflow) = milliseconds.subtractingReportingOverflow(other.milliseconds)
        guard overflow else { return difference }
        return milliseconds < other.milliseconds ? .min : .max
    }

    /// The instant so many milliseconds later, or earlier if negative; saturates instead of overflowing.
    package func adding(milliseconds more: Int64) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(more)
        return Timestamp(milliseconds: overflow ? (more < 0 ? .min : .max) : sum)
    }
}
