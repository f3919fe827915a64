/// Durations as Go writes them, which has no days: `1s`, `1m30s`, `1.5h`, `100ms`.
enum GoDuration {
    private static let units: [(name: String, nanoseconds: Double)] = [
        ("h", 3600e9), ("m", 60e9), ("s", 1e9), ("ms", 1e6), ("us", 1e3), ("µs", 1e3), ("ns", 1),
    ]

    /// The duration; nil if the text is none, or longer than a year.
    static func duration(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        var rest = text[...]
        var nanoseconds = 0.0
        while !rest.isEmpty {
            let number = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
            rest = rest.dropFirst(number.count)
            let name = rest.prefix { !("0"..."9").contains($0) && $0 != "." }
            rest = rest.dropFirst(name.count)
            guard let unit = units.first(where: { $0.name == name }), let value = Double(number) else { return nil }
            nanoseconds += value * unit.nanoseconds
        }
        return text.isEmpty || nanoseconds > 366 * 86_400e9 ? nil : .nanoseconds(Int64(nanoseconds.rounded()))
    }
}
