import Backups

/// Seconds since the world's zero.
typealias Seconds = Double

extension Seconds {
    static let minute = 60.0
    static let hour = 3600.0
    static let day = 86_400.0
    static let week = 604_800.0
    /// A Monday at midnight, UTC.
    private static let zero = 1_767_571_200.0

    /// The instant that the world calls by this number.
    var instant: Timestamp { Timestamp(seconds: Self.zero + self) }
}

/// All that happens to one addon, from weeks before the exporter's start to the end of the world. It is written before
/// the exporter starts; what the exporter should find follows from it alone.
struct Story {
    /// One time in each hour, day or week.
    struct Schedule {
        var id: String
        var type: BackupType
        var period: Seconds
        /// From the beginning of the period.
        var offset: Seconds
        /// Days; the last value that has begun holds.
        var retentions: [(from: Seconds, days: Int)]
        var from: Seconds
        /// When it is deleted.
        var to = Seconds.infinity

        /// The slots after an instant, up to and including another.
        func slots(after start: Seconds, through end: Seconds) -> [Seconds] {
            let (start, last) = (max(start, from - 1), min(end, to - 1))
            guard last > start, last.isFinite else { return [] }
            var slots: [Seconds] = []
            var slot = (((start - offset) / period).rounded(.down) + 1) * period + offset
            while slot <= last {
                slots.append(slot)
                slot += period
            }
            return slots
        }
    }

    /// One backup.
    struct Run {
        var type: BackupType
        var start: Seconds
        var end: Seconds
        /// The API's word for how it ends.
        var status = "completed"
        var size: Int64
        /// When it leaves the list.
        var leaves: Seconds
        /// By which factor the size is unusual.
        var factor = 1.0

        var isCompleted: Bool { status == "completed" }
        var isEmpty: Bool { size == 0 }
        var isOdd: Bool { factor != 1 && !isEmpty }
    }

    /// A time at which a schedule had a backup due, while the addon was there and not paused.
    struct Slot {
        var type: BackupType
        var time: Seconds
        /// When its backup started; nil if none did.
        var start: Seconds?
    }

    /// The time from an addon's creation to its deletion. The API has the next addon of the name by another uid.
    struct Life {
        var uid: String
        var from: Seconds
        var to = Seconds.infinity
    }

    /// An entry of the list of backups that is not one of `runs`.
    struct Oddity {
        var json: String
        var from: Seconds
        var to: Seconds
    }

    let number: Int
    /// Whether the configuration names it; such an addon has `maxAge` and no schedules.
    var maxAge: Seconds?
    var names: [(from: Seconds, name: String)] = []
    var lives: [Life]
    /// When the lists lack the addon, which comes back with its uid.
    var absences: [Range<Seconds>] = []
    var pauses: [Range<Seconds>] = []
    var schedules: [Schedule] = []
    var runs: [Run] = []
    var slots: [Slot] = []
    var oddities: [Oddity] = []
    var incidents: [Incident] = []
    /// What incidents let the exporter find that does not follow from the rest.
    var stated: [Expectation] = []
    /// The shortest and the longest duration of a backup that is not part of an incident.
    var durations: ClosedRange<Seconds>

    var id: String { "db-\(number)" }
    var project: String { "team-\(number % 4)" }

    /// When the lists last began to have the addon.
    func begin(before time: Seconds) -> Seconds {
        (lives.map(\.from) + absences.map(\.upperBound)).filter { $0 <= time }.max() ?? time
    }

    func exists(at time: Seconds) -> Bool {
        lives.contains { $0.from <= time && time < $0.to } && !absences.contains { $0.contains(time) }
    }
}

/// A fault that the generator has put into the world.
struct Incident {
    var kind: IncidentKind
    var begin: Seconds
    var end: Seconds
    /// Where it began, among all incidents of the world.
    var id = 0
}
