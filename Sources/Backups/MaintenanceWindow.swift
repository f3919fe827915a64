/// A recurring time in which slots are forgiven, by a local clock.
package struct MaintenanceWindow: Hashable, Codable, Sendable {
    /// Days on which the window begins, 0 for Monday to 6 for Sunday.
    package var days: Set<Int>
    /// Minutes since midnight, 0 to 1439.
    package var from: Int
    /// Minutes since midnight, 0 to 1440, exclusive; at or before `from` for a window that ends on the next day.
    package var to: Int
    /// The IANA name of the zone of the clock.
    package var timeZone: String

    package init(days: Set<Int>, from: Int, to: Int, timeZone: String) {
        self.days = days
        self.from = from
        self.to = to
        self.timeZone = timeZone
    }
}

/// Maintenance windows with the zones of their clocks.
package struct ForgivenTimes: Equatable, Sendable {
    private var windows: [MaintenanceWindow] = []
    private var zones: [Zone] = []

    package static let none = ForgivenTimes()

    private init() {}

    /// - Parameter zone: the zone of an IANA name.
    package init(_ windows: [MaintenanceWindow], zone: (String) -> Zone) {
        self.windows = windows
        zones = windows.map { zone($0.timeZone) }
    }

    package var isEmpty: Bool { windows.isEmpty }

    /// Whether an instant is in a window.
    package func contains(_ instant: Timestamp) -> Bool {
        for (window, zone) in zip(windows, zones) {
            let local = instant.milliseconds + zone.shift(at: instant.milliseconds)
            // The clock's day and minute; 1970-01-01 was a Thursday.
            let day = Int((local - local.modulo(Civil.day)) / Civil.day)
            let minute = Int(local.modulo(Civil.day) / Civil.minute)
            let weekday = Int(Int64(day + 3).modulo(7))
            let endsNextDay = window.to <= window.from
            let isSameDay =
                window.days.contains(weekday) && minute >= window.from && (endsNextDay || minute < window.to)
            let isNextDay = endsNextDay && window.days.contains((weekday + 6) % 7) && minute < window.to
            if isSameDay || isNextDay { return true }
        }
        return false
    }
}
