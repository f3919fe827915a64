/// The largest sizes of an addon's completed backups of a type, in bytes, as far back as they were observed. Later sizes
/// never lower them.
package struct SizeMemory: Equatable, Sendable {
    /// The number of successive sizes of which the median is a level. One outlier is no level.
    static let span = 5
    /// A size below the level by more than this factor is never usual.
    static let fall: Int64 = 100

    /// Sizes of backups that were created before do not count.
    package var since: Timestamp
    /// The largest size.
    package var largest: Int64
    /// The largest median of successive sizes; 0 before there are enough.
    package var level: Int64

    package init(since: Timestamp = .distantPast, largest: Int64 = 0, level: Int64 = 0) {
        self.since = since
        self.largest = largest
        self.level = level
    }

    /// Takes in the known sizes. Repetitions change nothing.
    ///
    /// - Parameters:
    ///   - sizes: of completed backups, the newest first, or the oldest first.
    ///   - since: if later than the memory's own, the memory begins anew.
    func after(_ sizes: [Int64], since: Timestamp?) -> SizeMemory {
        var memory = self
        if let since, since > self.since { memory = SizeMemory(since: since) }
        memory.largest = max(memory.largest, sizes.max() ?? 0)
        // Without a majority of larger ones no median is larger.
        guard sizes.count >= Self.span, sizes.count(where: { [level = memory.level] in $0 > level }) > Self.span / 2
        else { return memory }
        for start in 0...sizes.count - Self.span {
            let median = sizes[start..<start + Self.span].sorted()[Self.span / 2]
            if median > memory.level { memory.level = median }
        }
        return memory
    }

    /// The sizes around the level that are usual.
    var band: SizeBand { SizeBand(around: level) }

    /// Whether a size is so small that it does not become usual.
    func isFall(_ size: Int64) -> Bool { size < level / Self.fall + (level % Self.fall == 0 ? 0 : 1) }
}
