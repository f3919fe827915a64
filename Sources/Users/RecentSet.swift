/// A set that forgets its oldest element to make room for a new one.
struct RecentSet<Element: Hashable> {
    private let capacity: Int
    private var elements: Set<Element> = []
    /// In the order of their insertion, from `oldest` on and around the end.
    private var order: [Element] = []
    private var oldest = 0

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { elements.count }

    func contains(_ element: Element) -> Bool { elements.contains(element) }

    mutating func insert(_ element: Element) {
        guard elements.insert(element).inserted else { return }
        guard order.count == capacity else {
            order.append(element)
            return
        }
        elements.remove(order[oldest])
        order[oldest] = element
        oldest = (oldest + 1) % capacity
    }
}
