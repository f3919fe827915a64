/// The sizes of the addons' lists of backups, and when all pages of each were last read.
struct WholeLists: Sendable {
    private struct List {
        /// At least 1.
        var pages: Int
        /// Seconds of uptime.
        var lastRead: Double
    }

    /// Between two readings of all pages of an addon's list, in seconds.
    let interval: Double
    /// By id; a list that is not here has one page as far as it is known, and was never read whole.
    private var lists: [Int: List] = [:]
    /// Pages beyond the first, of all lists.
    private var extraPages = 0

    init(interval: Double) {
        self.interval = interval
    }

    /// Requests a second that pages beyond the first take.
    var rate: Double { Double(extraPages) / interval }

    /// All pages of a list were read.
    mutating func read(_ id: Int, pages: Int, now: Double) {
        remove(id)
        lists[id] = List(pages: max(1, pages), lastRead: now)
        extraPages += max(1, pages) - 1
    }

    mutating func remove(_ id: Int) {
        guard let list = lists.removeValue(forKey: id) else { return }
        extraPages -= list.pages - 1
    }

    /// How much of a list the next poll has to read.
    ///
    /// - Parameter isShort: whether requests are short: then a list of several pages waits for a window that has room
    ///   for it, up to a second interval.
    func depth(_ id: Int, now: Double, isShort: Bool) -> Depth {
        guard let list = lists[id] else { return .whole }
        let intervals = isShort && list.pages > 1 ? 2.0 : 1.0
        return now - list.lastRead >= intervals * interval ? .whole : .newest
    }
}
