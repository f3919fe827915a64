extension RandomAccessCollection where Index == Int {
    /// The quantile of elements in ascending order, by nearest rank: the result is always one of the elements. Nil if
    /// there is no element.
    ///
    /// - Parameter share: above 0 and at most 1.
    package func nearestRank(_ share: Double) -> Element? {
        guard !isEmpty else { return nil }
        let rank = Int((share * Double(count)).rounded(.up))
        return self[startIndex + Swift.min(Swift.max(rank, 1), count) - 1]
    }
}
