extension RandomAccessCollection where Index == Int {
    /// Of elements in ascending order, the one that a share of them does not exceed, by nearest rank: always one of
    /// them, never something in between. Nil if there is none.
    ///
    /// - Parameter share: above 0 and at most 1.
    package func nearestRank(_ share: Double) -> Element? {
        guard !isEmpty else { return nil }
        let rank = Int((share * Double(count)).rounded(.up))
        return self[startIndex + Swift.min(Swift.max(rank, 1), count) - 1]
    }
}
