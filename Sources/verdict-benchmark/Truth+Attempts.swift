import Backups

/// What follows from attempts and their sizes.
extension Truth {
    mutating func judgeFailures(_ runs: [Story.Run], _ life: Story.Life) {
        let finished = runs.filter { $0.status != "aborted" }.sorted { $0.end < $1.end }
        var newest = -Seconds.infinity
        var since: Seconds?
        var type = BackupType.dump
        for run in finished where run.start > newest {
            (newest, type) = (run.start, run.type)
            if run.isCompleted {
                if let begin = since {
                    expect(.init(.attemptFailed, type: type, mayFrom: begin, mustUntil: run.end), life)
                }
                since = nil
            } else {
                since = since ?? run.end
            }
        }
        if let since { expect(.init(.attemptFailed, type: type, mayFrom: since, mustUntil: .infinity), life) }
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
        let completed = runs.filter(\.isCompleted)
        judge(completed, life, .empty, where: \.isEmpty)
        judge(completed, life, .oddSize, where: \.isOdd)
    }

    /// - Parameter isBad: begins the finding; the first backup that is not so ends it.
    private mutating func judge(
        _ runs: [Story.Run], _ life: Story.Life, _ kind: FindingKind, where isBad: (Story.Run) -> Bool
    ) {
        var index = 0
        while index < runs.count {
            guard isBad(runs[index]) else {
                index += 1
                continue
            }
            let first = runs[index]
            var count = 0
            while index < runs.count, isBad(runs[index]) { (index, count) = (index + 1, count + 1) }
            let mended = index < runs.count ? runs[index].end : .infinity
            // After many the band is another one, until as many good sizes have come.
            let adapted = index + 21 < runs.count ? runs[index + 21].end : .infinity
            if kind == .empty {
                expect(.init(.empty, type: .dump, mayFrom: first.end, mustUntil: mended), life)
                if count > 3 {
                    expect(
                        .init(.oddSize, type: .dump, mayFrom: first.end, mustUntil: first.end, mayUntil: adapted), life)
                }
            } else {
                // The band may follow a new level after a day, but not to a hundredth.
                let must = first.factor <= 0.01 ? mended : min(mended, first.end + .day)
                expect(
                    .init(
                        .oddSize, type: .dump, mayFrom: first.end, mustUntil: must,
                        mayUntil: count > 3 ? adapted : mended), life)
            }
        }
    }
}
