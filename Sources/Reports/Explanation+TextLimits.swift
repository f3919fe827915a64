extension Explanation.Limit {
    /// The value with its unit.
    package var valueText: String {
        guard let value else { return "none" }
        switch unit {
        case .seconds: return DurationText.age(.seconds(value))
        case .bytes: return SizeText.text(value)
        case .backups: return CountText.text(Int(value))
        }
    }

    /// The limit with its unit: a bound or a band.
    package var limitText: String {
        switch (atLeast, atMost) {
        case (let low?, let high?): SizeText.band(low, high)
        case (let low?, nil): "\(unit == .seconds ? DurationText.limit(.seconds(low)) : "\(low)") or more"
        case (nil, let high?): unit == .seconds ? DurationText.limit(.seconds(high)) : "\(high)"
        case (nil, nil): "none"
        }
    }
}

/// Sizes for people: decimal, with two digits at least.
package enum SizeText {
    private static let units = ["bytes", "kB", "MB", "GB", "TB"]

    package static func text(_ bytes: Int64) -> String {
        let (number, unit) = parts(bytes)
        return "\(number) \(unit)"
    }

    /// Such as `5.9-7.4 GB`.
    package static func band(_ low: Int64, _ high: Int64) -> String {
        let (first, last) = (parts(low), parts(high))
        return first.unit == last.unit || low == 0
            ? "\(first.number)-\(last.number) \(last.unit)"
            : "\(first.number) \(first.unit)-\(last.number) \(last.unit)"
    }

    private static func parts(_ bytes: Int64) -> (number: String, unit: String) {
        var value = Double(bytes)
        var unit = 0
        // What would be rounded to 1000 has the next unit.
        while value >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        guard unit > 0, value < 9.95 else { return ("\(Int64(value.rounded()))", units[unit]) }
        return ("\((value * 10).rounded() / 10)", units[unit])
    }
}
