import Backups

/// A fleet and all that happens in it, drawn from a seed. Times are seconds; 0 is a Monday, midnight.
struct World {
    enum Kind: Int, CaseIterable {
        case dump, snapshot
    }

    /// One time in each period.
    struct Schedule {
        var kind: Kind
        /// Seconds: an hour, a day or a week.
        var period: Double
        /// Seconds from the beginning of the period.
        var offset: Double

        /// The last slot that is not later.
        func slot(until time: Double) -> Double { ((time - offset) / period).rounded(.down) * period + offset }
    }

    /// One backup.
    struct Run {
        var kind: Kind
        var start: Double
        var end: Double
        var isFailure: Bool
    }

    struct Addon {
        var key: AddonKey
        var project: Int
        /// At most one for each kind.
        var schedules: [Schedule]
        /// By start.
        var runs: [Run]
        /// Pages of its list of backups.
        var pages: Int
    }

    /// A webhook that arrives.
    struct Event {
        var time: Double
        var addon: Int
        var isEnd: Bool
    }

    /// The times at which the pollers start, the counting of delays begins and ends, and the world ends.
    struct Span {
        /// Backups of three weeks exist before the start.
        static let history = -21 * 86_400.0

        let start = 9 * 3600 + 1020.0
        let measured: Double
        let measuredEnd: Double
        let end: Double

        init(days: Int) {
            measured = 3.5 * 86_400
            measuredEnd = measured + Double(days) * 86_400
            // The last ends have a day to be seen.
            end = measuredEnd + 86_400
        }
    }

    var span: Span
    var addons: [Addon]
    /// The addons of each project.
    var projects: [[Int]]
    /// By time.
    var events: [Event]
    /// When the account's windows begin.
    var windows: [Double]

    /// The end of the window in which a time is.
    func windowEnd(_ time: Double) -> Double {
        var (low, high) = (0, windows.count)
        while low < high {
            let middle = (low + high) / 2
            if windows[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low < windows.count ? windows[low] : .infinity
    }
}
