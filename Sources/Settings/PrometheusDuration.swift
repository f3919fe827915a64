import Backups

/// Durations in Prometheus's notation: `5m`, `26h`, `1d12h`, units from large to small, each once.
package enum PrometheusDuration {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("y", 365 * 86_400_000), ("w", 7 * 86_400_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000),
        ("s", 1000), ("ms", 1),
    ]

    /// The duration; nil if the text is not a duration.
    package static func duration(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        var rest = text[...]
        var milliseconds: Int64 = 0
        var smallest = -1
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            let name = rest.dropFirst(digits.count).prefix { !("0"..."9").contains($0) }
            guard
                let unit = units.firstIndex(where: { $0.name == name }), unit > smallest,
                let number = Int64(digits)
            else { return nil }
            let (part, overflow) = number.multipliedReportingOverflow(by: units[unit].milliseconds)
            let (sum, sumOverflow) = milliseconds.addingReportingOverflow(part)
            guard !overflow, !sumOverflow else { return nil }
            milliseconds = sum
            smallest = unit
            rest = rest.dropFirst(digits.count + name.count)
        }
        return text.isEmpty ? nil : .milliseconds(milliseconds)
    }

    /// The shortest text for a duration, rounded to milliseconds; `0s` for a negative duration. Without years and
    /// weeks, as Prometheus does for durations that are not a whole number of them.
    package static func text(_ duration: Duration) -> String {
        var rest = (duration + .microseconds(500)).milliseconds
        guard rest > 0 else { return "0s" }
        var text = ""
        for unit in units.dropFirst(2) where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text
    }
}
