/// Statistics of the completed backups of one type, including gone backups.
struct Learned {
    /// A size becomes usual no sooner than a day after it was first seen.
    static let adapting = Duration.seconds(86_400)

    let durations: Durations
    /// The expected size of the next backup; nil if too few are known.
    let nextBand: SizeBand?
    let memory: SizeMemory
    private let type: BackupType
    /// The completed backups with a size, newest first.
    private let sized: [(createdAt: Timestamp, size: Int64)]

    /// - Parameters:
    ///   - attempts: of this type, newest first.
    ///   - memory: what earlier judgements knew.
    ///   - since: sizes of backups that were created before do not count; nil if all count.
    init(_ type: BackupType, _ attempts: [Attempt], memory: SizeMemory?, since: Timestamp?) {
        let completed = attempts.filter { $0.status == .completed }
        durations = Durations(milliseconds: completed.lazy.compactMap(\.milliseconds))
        let first = max(since ?? .distantPast, memory?.since ?? .distantPast)
        sized = completed.compactMap { attempt in
            attempt.createdAt < first ? nil : attempt.size.map { (attempt.createdAt, $0) }
        }
        self.type = type
        self.memory = (memory ?? SizeMemory()).after(sized.map(\.size), since: since)
        // The next backup probably comes as long after the newest one as that came after the one before.
        nextBand = sized.first.flatMap { [sized, type] newest in
            let step = sized.count > 1 ? newest.createdAt - sized[1].createdAt : .zero
            return Self.band(type, sized[...], at: newest.createdAt + step)
        }
    }

    /// Whether the size of the newest listed completed backup of the type is suspect.
    func suspicion(_ listed: [Attempt]) -> Finding? {
        // One without a size shows nothing, and ends nothing.
        guard let newest = listed.first(where: { $0.type == type && $0.status == .completed && $0.size != nil }),
            let size = newest.size, newest.createdAt >= memory.since
        else { return nil }
        let before = sized.drop { $0.createdAt >= newest.createdAt }
        // A snapshot is a difference, which can be empty or small.
        if type != .snapshot {
            // Where sizes have always been 0, they show nothing.
            let isUsual = memory.largest == 0 && before.count >= SizeBand.fewest
            if size == 0 { return isUsual ? nil : .empty(type: type, at: newest.endOrCreation, zeros(newest)) }
            if memory.isFall(size) {
                return .oddSize(type: type, at: newest.endOrCreation, size: size, band: memory.band)
            }
        }
        guard let band = Self.band(type, before, at: newest.createdAt), band.high > 0, !band.contains(size)
        else { return nil }
        return .oddSize(type: type, at: newest.endOrCreation, size: size, band: band)
    }

    /// What is known around a completed backup without bytes.
    private func zeros(_ newest: Attempt) -> Finding.Zeros {
        let known = sized.drop { $0.createdAt > newest.createdAt }
        let before = known.drop { $0.size == 0 }
        let usual = Self.band(type, before, at: newest.createdAt)
        return Finding.Zeros(
            inARow: max(1, known.count - before.count), usual: usual, lastWithData: before.first?.createdAt)
    }

    /// The expected size of a backup that is created at an instant, from the backups before it.
    private static func band(
        _ type: BackupType, _ before: ArraySlice<(createdAt: Timestamp, size: Int64)>, at creation: Timestamp
    ) -> SizeBand? {
        let old = before.drop { $0.createdAt > creation - adapting }
        // The oldest ones are the best that there is of the time before a day ago.
        let sample = old.count >= SizeBand.fewest ? old : before.suffix(SizeBand.fewest)
        return SizeBand(sizes: sample.lazy.map(\.size), isDifference: type == .snapshot)
    }
}
