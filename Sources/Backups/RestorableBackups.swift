/// Which backup was the newest restorable one, over time: completed, no import, and not gone from the list.
struct RestorableBackups {
    /// A completed backup while it was in the list.
    struct Life: Equatable {
        /// The creation, or the slot that it covers.
        var filled: Timestamp
        var end: Timestamp
        var goneAt: Timestamp?
    }

    /// The newest one from each instant on; nil if there is none.
    let steps: [(from: Timestamp, newest: Life?)]
    /// When the first one completed; nil if none has.
    let first: Timestamp?

    init(_ lives: [Life]) {
        let lives = lives.sorted { ($0.end, $0.filled) < ($1.end, $1.filled) }
        first = lives.first?.end
        let instants = Set(lives.map(\.end) + lives.compactMap(\.goneAt)).sorted()
        var steps: [(from: Timestamp, newest: Life?)] = []
        var alive: [Life] = []
        var next = 0
        for instant in instants {
            while next < lives.count, lives[next].end <= instant {
                alive.append(lives[next])
                next += 1
            }
            while let goneAt = alive.last?.goneAt, goneAt <= instant { alive.removeLast() }
            if steps.isEmpty || steps.last?.newest != alive.last { steps.append((instant, alive.last)) }
        }
        self.steps = steps
    }

    /// The ranges in which one backup was the newest, within a range.
    func pieces(in range: Range<Timestamp>) -> [(range: Range<Timestamp>, newest: Life?)] {
        let first = steps.partitioned { $0.from <= range.lowerBound }
        var pieces: [(range: Range<Timestamp>, newest: Life?)] = []
        var (from, newest) = (range.lowerBound, first > 0 ? steps[first - 1].newest : nil)
        for step in steps[first...] {
            guard step.from < range.upperBound else { break }
            pieces.append((from..<step.from, newest))
            (from, newest) = (step.from, step.newest)
        }
        pieces.append((from..<range.upperBound, newest))
        return pieces.filter { !$0.range.isEmpty }
    }
}

extension RestorableBackups.Life {
    init(_ known: KnownBackup, covering slot: Timestamp? = nil) {
        self.init(
            filled: slot ?? known.backup.createdAt, end: known.backup.endOrCreation, goneAt: known.goneAt)
    }
}

extension RandomAccessCollection where Index == Int {
    /// The number of elements at the beginning of which something is true, if it is true of no other.
    func partitioned(_ isFirst: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if isFirst(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low - startIndex
    }
}
