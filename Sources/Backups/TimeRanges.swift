extension Range<Timestamp> {
    package var length: Duration { upperBound - lowerBound }
}

/// Times as ranges in their order, none of which overlap.
extension [Range<Timestamp>] {
    package var length: Duration { reduce(.zero) { $0 + $1.length } }

    /// The same times in their order, without overlaps, of times in any order.
    package var merged: Self {
        var merged: Self = []
        for range in sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, last.upperBound >= range.lowerBound {
                merged[merged.count - 1] = last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    /// Without other times, which can overlap and be in any order.
    package func without(_ others: [Range<Timestamp>]) -> Self {
        var left = self
        for other in others where !other.isEmpty {
            left = left.flatMap { range -> Self in
                guard range.overlaps(other) else { return [range] }
                return [
                    range.lowerBound..<Swift.max(range.lowerBound, other.lowerBound),
                    Swift.min(range.upperBound, other.upperBound)..<range.upperBound,
                ]
                .filter { !$0.isEmpty }
            }
        }
        return left
    }

    /// The parts within a range, without empty ones.
    func clamped(to limits: Range<Timestamp>) -> Self { map { $0.clamped(to: limits) }.filter { !$0.isEmpty } }
}
