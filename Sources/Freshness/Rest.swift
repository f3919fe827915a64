import Backups

/// The past durations of a backup that are left once it is known to run at some time.
struct Rest {
    private let lags: ArraySlice<Double>

    /// - Parameter time: seconds of uptime.
    init(_ expected: Outlook.Expected, after time: Double) {
        let elapsed = time - expected.from
        let all = expected.lag.sorted
        guard elapsed > 0 else {
            lags = all[...]
            return
        }
        lags = all[(all.firstIndex { $0 > elapsed } ?? all.endIndex)...]
    }

    var isEmpty: Bool { lags.isEmpty }

    /// Seconds from the beginning of the backup, by nearest rank; nil if nothing is left.
    func quantile(_ share: Double) -> Double? { lags.nearestRank(share) }

    /// Up to five of the durations, which stand for as many equal shares.
    func forEachShare(_ body: (_ lag: Double, _ weight: Double) -> Void) {
        let shares = min(5, lags.count)
        for index in 0..<shares {
            let place = (2 * index + 1) * lags.count / (2 * shares)
            body(lags[lags.startIndex + place], 1 / Double(shares))
        }
    }
}
