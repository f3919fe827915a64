import Backups

/// What follows from attempts and their sizes.
extension Truth {
    mutating func judgeFailures(_ runs: [Story.Run], _ life: Story.Life) {
        let finished = runs.filter { $0.status != "aborted" }.sorted { $0.end < $1.end }
        var newest: Story.Run?
        var since: Seconds?
        // The newest one that is listed decides: once it has left the list, nothing is left.
        func close(at time: Seconds) {
            guard let begin = since, let run = newest else { return }
            expect(.init(.attemptFailed, type: run.type, mayFrom: begin, mustUntil: min(time, run.leaves)), life)
            since = nil
        }
        for run in finished where run.start > newest?.start ?? -.infinity {
            if run.isCompleted || newest.map({ $0.leaves < run.end }) ?? false { close(at: run.end) }
            newest = run
            if !run.isCompleted { since = since ?? run.end }
        }
        close(at: .infinity)
    }

    mutating func judgeUnfinished(_ runs: [Story.Run], _ life: Story.Life) {
        for run in runs where run.end - run.start > Self.leastStuck {
            let later = runs.lazy.filter { $0.start > run.start && $0.isCompleted }.map(\.end).min() ?? .infinity
            let until = min(run.end, later)
            let early = run.start + Self.leastStuck
            let late = run.start + max(Self.leastStuck, 3 * story.durations.upperBound)
            expect(.init(.unfinished, type: run.type, mayFrom: early, knowableFrom: late, mustUntil: until), life)
        }
    }

    mutating func judgeSizes(_ runs: [Story.Run], _ life: Story.Life) {
        // The exporter knows those that were listed while one ran.
        let known = runs.filter { run in
            run.isCompleted && run.leaves > 0
                && !downtimes.contains { $0.lowerBound <= run.end && run.leaves <= $0.upperBound }
        }
        judge(known, life, .empty, known.indices.map { $0 >= 5 && known[$0].isEmpty })
        var level = 0.0
        let odd = known.indices.map { index in
            if index >= 5 { level = max(level, Self.median(known[index - 5..<index].map { Double($0.size) })) }
            return isOdd(known, index, level)
        }
        judge(known, life, .oddSize, odd)
    }

    /// - Parameter isBad: whether each backup has the finding, oldest first; the first that has not ends it.
    private mutating func judge(_ runs: [Story.Run], _ life: Story.Life, _ kind: FindingKind, _ isBad: [Bool]) {
        var since: Seconds?
        for index in runs.indices {
            if isBad[index] {
                since = since ?? runs[index].end
            } else if let begin = since {
                expect(.init(kind, type: .dump, mayFrom: begin, mustUntil: runs[index].end), life)
                since = nil
            }
        }
        if let since { expect(.init(kind, type: .dump, mayFrom: since, mustUntil: .infinity), life) }
    }

    /// R53, R54, R55 and R58.
    private func isOdd(_ runs: [Story.Run], _ index: Int, _ level: Double) -> Bool {
        let size = Double(runs[index].size)
        guard size > 0 else { return false }
        let earlier = runs[..<index].filter { $0.start <= runs[index].start - .day }
        let compared = (earlier.count >= 5 ? earlier.suffix(20) : Array(runs[..<index].prefix(5))[...])
            .map { Double($0.size) }
        guard compared.count >= 5, compared.count(where: { $0 == 0 }) * 2 <= compared.count else { return false }
        if size < level / 100 { return true }
        let median = Self.median(compared)
        let spread = 1.4826 * Self.median(compared.map { abs($0 - median) })
        return abs(size - median) > median / 2 && abs(size - median) > 5 * spread
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
