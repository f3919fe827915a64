import Backups

/// When something that changes rarely is read of each addon: its schedules, or its restores.
struct Readings: Sendable {
    /// Seconds between two readings of one addon that are wanted early.
    private static let wantedGap = 6 * 3600.0
    /// Seconds before a reading that failed is tried again; twice as many after each further failure.
    private static let retryGap = 60.0

    /// Between two readings of one addon, in seconds; nil if nothing is read.
    private let interval: Double?
    /// Never read, in the order in which they were added.
    private var neverRead = IndexedHeap()
    /// By the time at which they are due.
    private var due = IndexedHeap()
    private var inFlight: Set<AddonKey> = []
    /// The last place given in `neverRead`.
    private var lastPlace = 0.0
    /// When the last reading of an addon that was read before began, in seconds of uptime.
    private var lastStart = -Double.infinity
    /// Readings in a row that failed.
    private var failures: [AddonKey: Int] = [:]
    /// When a reading was last wanted early, in seconds of uptime.
    private var wanted: [AddonKey: Double] = [:]
    private var wasRead: Set<Int> = []

    init(interval: Double?) {
        self.interval = interval
    }

    var inFlightCount: Int { inFlight.count }
    var neverReadCount: Int { neverRead.count }
    /// Whether every addon was read at least once.
    var isFirstDone: Bool { neverRead.isEmpty && inFlight.isEmpty }

    /// Adds an addon that has to be read. If it is being read, that reading counts.
    mutating func add(_ id: Int, _ key: AddonKey) {
        guard interval != nil, !neverRead.contains(id), !due.contains(id), !inFlight.contains(key) else { return }
        lastPlace += 1
        neverRead.set(id, lastPlace)
    }

    mutating func remove(_ id: Int) {
        neverRead.remove(id)
        due.remove(id)
        wasRead.remove(id)
    }

    /// Begins the reading of an addon that was never read, if there is one.
    mutating func beginFirst(_ roster: Roster) -> AddonKey? {
        guard let id = neverRead.popFirst() else { return nil }
        inFlight.insert(roster.key(id))
        return roster.key(id)
    }

    /// Begins the reading that is due, if there is one.
    ///
    /// - Parameter gap: seconds from one reading to the next, of any addon.
    mutating func beginDue(_ roster: Roster, now: Double, gap: Double) -> AddonKey? {
        guard let time = nextDue(gap: gap), time <= now, let id = due.popFirst() else { return nil }
        lastStart = now
        inFlight.insert(roster.key(id))
        return roster.key(id)
    }

    /// When the next reading is due, in seconds of uptime.
    func nextDue(gap: Double) -> Double? { due.first.map { max($0.priority, lastStart + gap) } }

    /// A reading ended, or is known from before.
    ///
    /// - Parameters:
    ///   - id: nil if the addon is not watched.
    ///   - now: when it was read, in seconds of uptime.
    mutating func ended(_ key: AddonKey, id: Int?, worked: Bool, now: Double) {
        inFlight.remove(key)
        guard let id, let interval else {
            failures[key] = nil
            wanted[key] = nil
            return
        }
        neverRead.remove(id)
        if worked {
            failures[key] = nil
            // The first readings come in a bunch; their successors are spread over half the interval, evenly by
            // the golden ratio.
            let part = wasRead.insert(id).inserted ? 0.5 + 0.5 * (Double(id) * 0.618_033_988_749_895).fraction : 1
            due.set(id, now + interval * part)
        } else {
            let count = failures[key, default: 0]
            failures[key] = count + 1
            due.set(id, now + min(interval, Self.retryGap.doubled(count)))
        }
    }

    /// Has an addon read as soon as possible. Returns whether it will be read because of this.
    mutating func want(_ key: AddonKey, id: Int, now: Double) -> Bool {
        guard due.contains(id), now - wanted[key, default: -.infinity] >= Self.wantedGap else { return false }
        wanted[key] = now
        due.set(id, now)
        return true
    }
}

extension Double {
    fileprivate var fraction: Double { self - rounded(.down) }
}
