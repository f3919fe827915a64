/// The recovery point that was achieved over a time: the age of the newest restorable backup at every instant. Between
/// two backups it grows as fast as the time, so that its distribution is exact and needs no samples.
package struct RecoveryPoint: Equatable, Sendable {
    /// A time in which the same backup was the newest restorable one.
    struct Tooth: Equatable {
        var range: Range<Timestamp>
        /// From when on the age counts; nil while no backup was restorable.
        var since: Timestamp?
    }

    package enum Age: Equatable, Sendable {
        case known(Duration)
        /// No backup was restorable.
        case nothing
    }

    /// The age that was not exceeded in half of the time.
    package var p50: Age
    package var p95: Age
    package var worst: Age
    /// The end of the time with the worst age; nil if it had not ended by the end of the range.
    package var worstEnded: Timestamp?
    /// The time in which no backup was restorable.
    package var without: Duration

    package init(p50: Age, p95: Age, worst: Age, worstEnded: Timestamp?, without: Duration) {
        (self.p50, self.p95, self.worst, self.worstEnded, self.without) = (p50, p95, worst, worstEnded, without)
    }

    /// Nil without a time.
    ///
    /// - Parameter end: the end of the range: a tooth up to it goes on.
    init?(_ teeth: [Tooth], end: Timestamp) {
        let teeth = teeth.filter { !$0.range.isEmpty }
        guard !teeth.isEmpty else { return nil }
        var ages: [Range<Int64>] = []
        var without: Int64 = 0
        for tooth in teeth {
            if let since = tooth.since {
                ages.append(
                    max(
                        0, tooth.range.lowerBound.millisecondsSince(since))..<max(
                            1, tooth.range.upperBound.millisecondsSince(since)))
            } else {
                without += tooth.range.upperBound.millisecondsSince(tooth.range.lowerBound)
            }
        }
        let distribution = Distribution(ages, without: without)
        (p50, p95) = (distribution.quantile(percent: 50), distribution.quantile(percent: 95))
        self.without = .milliseconds(without)
        func height(_ tooth: Tooth) -> Int64 {
            tooth.since.map { tooth.range.upperBound.millisecondsSince($0) } ?? .max
        }
        // The latest of equal ones.
        let worst = teeth.reduce(teeth[0]) { height($1) >= height($0) ? $1 : $0 }
        self.worst = worst.since == nil ? .nothing : .known(.milliseconds(height(worst)))
        worstEnded = worst.range.upperBound < end ? worst.range.upperBound : nil
    }

    /// How much time was spent at which age. Each range of ages adds its own length of time, evenly.
    private struct Distribution {
        private let ages: [Range<Int64>]
        private let total: Int64

        init(_ ages: [Range<Int64>], without: Int64) {
            self.ages = ages
            total = without + ages.reduce(0) { $0 + Int64($1.count) }
        }

        /// The smallest age that was not exceeded in this part of the time, to the millisecond.
        func quantile(percent: Int64) -> Age {
            // Rounded up, so that no less than the part is covered.
            let target = (total * percent + 99) / 100
            var events = ages.flatMap { [($0.lowerBound, Int64(1)), ($0.upperBound, Int64(-1))] }
            events.sort { $0.0 < $1.0 }
            var (covered, slope, last) = (Int64(0), Int64(0), Int64(0))
            for (age, step) in events {
                let more = slope * (age - last)
                if slope > 0, covered + more >= target {
                    return .known(.milliseconds(last + (target - covered + slope - 1) / slope))
                }
                (covered, slope, last) = (covered + more, slope + step, age)
            }
            return .nothing
        }
    }
}
