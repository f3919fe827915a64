/// A queue of small integers by priority, the lowest first, in which each can be moved or taken out in O(log n).
/// Equal priorities come in the order of the integers, so that nothing depends on the history of the heap.
struct IndexedHeap: Sendable {
    private struct Item {
        var priority: Double
        var id: Int
    }

    private var items: [Item] = []
    /// Where each id is in `items`; -1 if it is not.
    private var places: [Int] = []

    var isEmpty: Bool { items.isEmpty }
    var count: Int { items.count }
    /// The lowest.
    var first: (id: Int, priority: Double)? { items.first.map { ($0.id, $0.priority) } }

    func contains(_ id: Int) -> Bool { id < places.count && places[id] >= 0 }

    /// Nil if the id is not in.
    func priority(of id: Int) -> Double? { contains(id) ? items[places[id]].priority : nil }

    /// Puts an id in, or moves it.
    mutating func set(_ id: Int, _ priority: Double) {
        while places.count <= id { places.append(-1) }
        let item = Item(priority: priority, id: id)
        var place = places[id]
        if place < 0 {
            place = items.count
            items.append(item)
            places[id] = place
        } else {
            items[place] = item
        }
        siftUp(place)
        siftDown(places[id])
    }

    mutating func remove(_ id: Int) {
        guard contains(id) else { return }
        let place = places[id]
        let last = items.removeLast()
        places[id] = -1
        guard last.id != id else { return }
        items[place] = last
        places[last.id] = place
        siftUp(place)
        siftDown(places[last.id])
    }

    mutating func popFirst() -> Int? {
        guard let id = items.first?.id else { return nil }
        remove(id)
        return id
    }

    private func isBefore(_ left: Item, _ right: Item) -> Bool {
        left.priority != right.priority ? left.priority < right.priority : left.id < right.id
    }

    private mutating func siftUp(_ start: Int) {
        var place = start
        while place > 0, case let parent = (place - 1) / 2, isBefore(items[place], items[parent]) {
            swap(place, parent)
            place = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var place = start
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < items.count {
                if isBefore(items[child], items[least]) { least = child }
            }
            if least == place { return }
            swap(place, least)
            place = least
        }
    }

    private mutating func swap(_ left: Int, _ right: Int) {
        items.swapAt(left, right)
        places[items[left].id] = left
        places[items[right].id] = right
    }
}
