import Backups

/// Durations in words for people, with units from days to seconds.
package enum DurationText {
    private static let units: [(name: String, seconds: Int64)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]

    /// An age or a remaining time, rounded down: `48s`, `25m`, `5h 41m`, `3d 7h`, and days alone from 100 days on.
    package static func age(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        let smallest = seconds >= 100 * 86_400 ? 0 : seconds >= 86_400 ? 1 : seconds >= 60 ? 2 : 3
        return text(seconds, through: smallest)
    }

    /// The duration of an attempt, in its two largest units: `41s`, `2m 14s`, `1h 52m`.
    package static func attempt(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        return text(seconds, through: min(largest(seconds) + 1, units.count - 1))
    }

    /// A limit, exact from its largest to its smallest unit: `1h`, `7d`, `1d 0h 30m`.
    package static func limit(_ duration: Duration) -> String {
        // A duration of a Double can be a little short of its seconds; cut off, `30m` would be `29m 59s`.
        let seconds = max(0, (duration + .milliseconds(500)).components.seconds)
        let smallest = units.indices.first { seconds % units[$0].seconds == 0 } ?? units.count - 1
        return text(seconds, through: seconds == 0 ? units.count - 1 : smallest)
    }

    /// The largest unit of which there is at least one.
    private static func largest(_ seconds: Int64) -> Int {
        units.indices.first { seconds >= units[$0].seconds } ?? units.count - 1
    }

    /// From the largest unit to a smaller one, the rest cut off.
    private static func text(_ seconds: Int64, through smallest: Int) -> String {
        var rest = seconds
        var parts: [String] = []
        for index in min(largest(seconds), smallest)...smallest {
            parts.append("\(rest / units[index].seconds)\(units[index].name)")
            rest %= units[index].seconds
        }
        return parts.joined(separator: " ")
    }
}
