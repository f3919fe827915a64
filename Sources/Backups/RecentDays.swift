/// What became of an addon's backups on each of the last days in UTC. Of several outcomes on a day, the worst counts.
package struct RecentDays: Equatable, Sendable {
    /// The best first.
    package enum Outcome: String, CaseIterable, Sendable {
        /// No backup was made, and none was due.
        case none
        case completed, running, aborted, missed, failed
    }

    /// The number of days.
    package static let count = 14
    private static let dayLength: Int64 = 86_400_000
    private static let bitsPerDay = 4

    /// The last day, in days since the Unix epoch.
    private var last: Int64
    /// A day in every four bits, the last one in the lowest.
    private var bits: UInt64 = 0

    /// - Parameters:
    ///   - attempts: newest first, without imports.
    ///   - missed: slots without an attempt.
    ///   - observedAt: on the last of the days.
    init(_ attempts: [Attempt], missed: [Timestamp], observedAt: Timestamp) {
        last = Self.day(observedAt)
        for attempt in attempts {
            let age = last - Self.day(attempt.createdAt)
            if age >= Self.count { break }
            note(Outcome(attempt.status), age: age)
        }
        for slot in missed { note(.missed, age: last - Self.day(slot)) }
    }

    private static func day(_ instant: Timestamp) -> Int64 {
        let (days, rest) = instant.milliseconds.quotientAndRemainder(dividingBy: dayLength)
        return rest < 0 ? days - 1 : days
    }

    private mutating func note(_ outcome: Outcome, age: Int64) {
        guard (0..<Int64(Self.count)).contains(age) else { return }
        let shift = UInt64(age) * UInt64(Self.bitsPerDay)
        let index = UInt64(Outcome.allCases.firstIndex(of: outcome) ?? 0)
        guard index > bits >> shift & 0xF else { return }
        bits = bits & ~(0xF << shift) | index << shift
    }

    /// The outcomes, of the oldest day first; the last one is of the day of an instant.
    package func outcomes(through now: Timestamp) -> [Outcome] {
        let later = max(0, Self.day(now) - last)
        return (0..<Int64(Self.count)).reversed().map { age in
            guard age >= later else { return .none }
            return Outcome.allCases[Int(bits >> (UInt64(age - later) * UInt64(Self.bitsPerDay)) & 0xF)]
        }
    }
}

extension RecentDays.Outcome {
    fileprivate init(_ status: BackupStatus) {
        switch status {
        case .completed: self = .completed
        case .failed, .notSupported: self = .failed
        case .aborted, .aborting: self = .aborted
        case .scheduled, .inProgress, .unknown: self = .running
        }
    }
}
