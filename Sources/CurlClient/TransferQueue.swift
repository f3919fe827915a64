/// Decides which transfer may run: at most `limit` at once, first come, first served.
///
/// Knows nothing of libcurl; whoever uses it starts what ``next()`` returns.
struct TransferQueue<Element> {
    /// At least 1, or nothing would ever run.
    private(set) var limit: Int
    private(set) var runningCount = 0
    private var waiting: [TransferID: Element] = [:]
    /// In order of arrival, from `head` on. Those that were removed meanwhile are skipped when their
    /// turn comes, so that a thousand cancellations do not search a thousand entries each.
    private var order: [TransferID] = []
    private var head = 0

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    mutating func setLimit(_ limit: Int) {
        self.limit = max(1, limit)
    }

    mutating func append(_ element: Element, id: TransferID) {
        waiting[id] = element
        order.append(id)
    }

    /// Takes an element out before its turn.
    ///
    /// - Returns: Nil if it does not wait (any more).
    mutating func remove(_ id: TransferID) -> Element? {
        waiting.removeValue(forKey: id)
    }

    /// The element whose turn it is, which counts as running from now on. Nil if nothing waits or enough
    /// is running.
    mutating func next() -> Element? {
        guard runningCount < limit else { return nil }
        while head < order.count {
            let id = order[head]
            head += 1
            if let element = waiting.removeValue(forKey: id) {
                runningCount += 1
                return element
            }
        }
        order.removeAll(keepingCapacity: true)
        head = 0
        return nil
    }

    /// Tells that an element that ``next()`` returned is over.
    mutating func finishOne() {
        precondition(runningCount > 0, "more transfers ended than began")
        runningCount -= 1
    }

    /// Takes out all that waits, in order.
    mutating func removeAll() -> [Element] {
        let elements = order[head...].compactMap { waiting.removeValue(forKey: $0) }
        order = []
        head = 0
        return elements
    }
}
