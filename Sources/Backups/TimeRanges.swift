/// Times as ranges in their order, none of which overlap.
extension [Range<Timestamp>] {
    /// In milliseconds.
    var total: Int64 { reduce(0) { $0 + $1.upperBound.millisecondsSince($1.lowerBound) } }

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
