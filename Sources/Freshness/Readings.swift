import Backups

/// When something that changes rarely is read of each addon: its schedules, or its restores.
struct Readings: Sendable {
    /// Seconds between two readings because somebody asks for them, for one addon.
    private static let wantedGap = 6 * 3600.0
    /// Seconds before a reading that failed is tried again; twice as many after each further failure.
    private static let retryGap = 60.0

    /// Seconds; nil if nothing is read.
    let interval: Double?
    /// Never read, by turn.
    private var first = IndexedHeap()
    /// By the time at which they are due.
    private var due = IndexedHeap()
    private(set) var inFlight: Set<AddonKey> = []
    private var last = -Double.infinity
    private var failures: [AddonKey: Int] = [:]
    private var wanted: [AddonKey: Double] = [:]
    private var wasRead: Set<Int> = []

    init(interval: Double?) {
        self.interval = interval
    }

    var isFirstRoundDone: Bool { first.isEmpty && inFlight.isEmpty }
    /// Those that were never read.
    var firstCount: Int { first.count }

    /// One that comes back while it is being read waits for that.
    mutating func add(_ id: Int, _ key: AddonKey, turn: Double) {
        if interval != nil, !first.contains(id), !due.contains(id), !inFlight.contains(key) { first.set(id, turn) }
    }

    mutating func remove(_ id: Int) {
        first.remove(id)
        due.remove(id)
        wasRead.remove(id)
    }

    mutating func beginFirst(_ entries: [Entry]) -> AddonKey? {
        guard let id = first.popFirst() else { return nil }
        inFlight.insert(entries[id].key)
        return entries[id].key
    }

    /// - Parameter gap: seconds from one reading to the next, of whichever addon.
    mutating func beginDue(_ entries: [Entry], now: Double, gap: Double) -> AddonKey? {
        guard let time = nextDue(gap: gap), time <= now, let id = due.popFirst() else { return nil }
        last = now
        inFlight.insert(entries[id].key)
        return entries[id].key
    }

    func nextDue(gap: Double) -> Double? { due.first.map { max($0.priority, last + gap) } }

    /// A reading ended, or was known from before.
    ///
    /// - Parameters:
    ///   - id: nil if the addon is not watched.
    ///   - now: when it was read.
    mutating func ended(_ key: AddonKey, id: Int?, worked: Bool, now: Double) {
        inFlight.remove(key)
        guard let id, let interval else {
            failures[key] = nil
            wanted[key] = nil
            return
        }
        first.remove(id)
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

    /// Asks for one as soon as possible. Returns whether it will be read because of this.
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
