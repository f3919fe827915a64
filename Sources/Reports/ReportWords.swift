import Backups

/// Numbers and times of a report, as people read them.
enum ReportWords {
    /// Such as `98.01 %`; rounded down, so that 100 % means all.
    static func percent(_ part: Int, of whole: Int, digits: Int = 2) -> String {
        whole == 0 ? "-" : percent(Int64(part), Int64(whole), digits: digits)
    }

    /// Such as `99.8 %`.
    static func share(_ share: ReportedAddon.Share) -> String {
        let (within, outside) = (share.within.milliseconds, share.outside.milliseconds)
        return within + outside == 0 ? "-" : percent(within, within + outside, digits: 1)
    }

    /// Such as `95.6 %` of a ratio.
    static func ratio(_ ratio: Double?) -> String {
        ratio.map { percent(Int64($0 * 1_000_000), 1_000_000, digits: 1) } ?? "-"
    }

    private static func percent(_ part: Int64, _ whole: Int64, digits: Int) -> String {
        let unit: Int64 = digits == 1 ? 10 : 100
        // In two steps, so that a product of ten years in milliseconds does not overflow.
        let parts = part / whole * 100 * unit + part % whole * 100 * unit / whole
        let rest = String(parts % unit)
        return "\(parts / unit).\(String(repeating: "0", count: digits - rest.count))\(rest) %"
    }

    /// Days, hours and minutes, rounded down: `31m`, `14d 5h`, `7d 0h 6m`.
    static func age(_ duration: Duration) -> String {
        let minutes = max(0, duration.milliseconds) / 60_000
        return minutes == 0 ? DurationText.age(duration) : DurationText.limit(.seconds(minutes * 60))
    }

    static func age(_ age: RecoveryPoint.Age?) -> String {
        switch age {
        case .some(.known(let duration)): self.age(duration)
        case .some(.nothing): "none"
        case nil: "-"
        }
    }

    /// Days alone from two days on.
    static func reach(_ duration: Duration) -> String {
        let hours = max(0, duration.milliseconds) / 3_600_000
        return hours >= 48 ? "\(hours / 24)d" : hours >= 1 ? DurationText.limit(.seconds(hours * 3600)) : age(duration)
    }

    /// A number of days with one decimal, such as `89.7`.
    static func days(_ duration: Duration) -> String {
        let tenths = (max(0, duration.milliseconds) + 4_320_000) / 8_640_000
        return "\(tenths / 10).\(tenths % 10)"
    }

    static func date(_ instant: Timestamp) -> String { UTCTime(instant).date }

    /// Such as `2026-08-14 00:12 to 2026-08-16 06:40 UTC (2d 6h)`; of many, the longest three.
    static func times(_ times: [Range<Timestamp>]) -> String {
        let longest = times.sorted { $1.length < $0.length }.prefix(3).sorted { $0.lowerBound < $1.lowerBound }
        let texts = longest.map { time in
            "\(UTCTime(time.lowerBound).minute) to \(UTCTime(time.upperBound).minute) UTC (\(DurationText.age(time.length)))"
        }
        let more = times.count - longest.count
        return texts.joined(separator: ", ") + (more > 0 ? ", and \(more) shorter times" : "")
    }
}
