import Backups

/// The bodies with the list of one addon's backups, until the list changes.
struct AddonPages {
    private static let size = 100

    private(set) var pages: [[UInt8]] = []
    /// When the list, or the addon's entry of the list of addons, changes next.
    private(set) var validUntil = -Seconds.infinity
    private(set) var isBackingUp = false

    mutating func update(_ story: Story, at now: Seconds) {
        guard now >= validUntil else { return }
        var next = Seconds.infinity
        func note(_ time: Seconds) { if time > now { next = min(next, time) } }
        var entries: [String] = []
        isBackingUp = false
        for oddity in story.oddities {
            note(oddity.from)
            note(oddity.to)
            if oddity.from <= now, now < oddity.to { entries.append(oddity.json) }
        }
        let begin = story.lives.last { $0.from <= now }?.from ?? now
        for (index, run) in story.runs.enumerated() where run.leaves > now && run.start >= begin {
            note(run.start)
            guard run.start <= now else { continue }
            note(run.end)
            note(run.leaves)
            isBackingUp = isBackingUp || run.end > now
            entries.append(Self.entry(run, number: story.runs.count - index, story, now))
        }
        for life in story.lives {
            note(life.from)
            note(life.to)
        }
        for name in story.names { note(name.from) }
        for range in story.pauses + story.absences {
            note(range.lowerBound)
            note(range.upperBound)
        }
        validUntil = next
        let count = max(1, (entries.count + Self.size - 1) / Self.size)
        pages = (0..<count).map { page in
            let part = entries[(page * Self.size)..<min(entries.count, (page + 1) * Self.size)]
            let isLast = page == count - 1
            let cursor = isLast ? "" : ",\"cursor\":\"\(page + 1)\""
            return Array(
                "{\"data\":{\"backups\":[\(part.joined(separator: ","))]},\"pagination\":{\"hasNextPage\":\(!isLast)\(cursor),\"count\":\(part.count)}}"
                    .utf8)
        }
    }

    private static func entry(_ run: Story.Run, number: Int, _ story: Story, _ now: Seconds) -> String {
        let source = run.type == .snapshot ? "snapshot" : "sameAddon"
        let begin =
            "{\"id\":\"b\(story.number)-\(number)\",\"name\":\"Backup \(number)\",\"createdAt\":\"\(run.start.instant.text)\""
        guard run.end <= now else {
            return begin + ",\"status\":\"in-progress\",\"config\":{\"source\":{\"type\":\"\(source)\"}}}"
        }
        let size = run.isCompleted ? ",\"size\":\"\(run.size)\"" : ""
        return begin
            + ",\"status\":\"\(run.status)\",\"completedAt\":\"\(run.end.instant.text)\",\"config\":{\"source\":{\"type\":\"\(source)\"}\(size)}}"
    }
}
