/// Future events, the earliest first; events at the same time in the order of insertion.
struct EventQueue<Event> {
    private var items: [(time: Double, order: Int, event: Event)] = []
    private var order = 0

    var firstTime: Double { items.first?.time ?? .infinity }

    mutating func push(_ event: Event, at time: Double) {
        order += 1
        items.append((time, order, event))
        var place = items.count - 1
        while place > 0, case let parent = (place - 1) / 2, isBefore(place, parent) {
            items.swapAt(place, parent)
            place = parent
        }
    }

    mutating func pop() -> Event? {
        guard let first = items.first else { return nil }
        let last = items.removeLast()
        if !items.isEmpty {
            items[0] = last
            var place = 0
            while true {
                var least = place
                for child in [2 * place + 1, 2 * place + 2] where child < items.count && isBefore(child, least) {
                    least = child
                }
                if least == place { break }
                items.swapAt(place, least)
                place = least
            }
        }
        return first.event
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        (items[left].time, items[left].order) < (items[right].time, items[right].order)
    }
}
