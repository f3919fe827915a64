/// Statistics of the completed backups of one type, including gone backups.
struct Learned {
    let durations: Durations
    /// From the backups before the newest; nil if there are too few.
    let band: SizeBand?
    /// From all backups: the expected size of the next backup; nil if there are too few.
    let nextBand: SizeBand?

    /// - Parameter attempts: of this type, newest first.
    init(_ type: BackupType, _ attempts: [Attempt]) {
        let completed = attempts.filter { $0.status == .completed }
        durations = Durations(milliseconds: completed.lazy.compactMap(\.milliseconds))
        let sizes = completed.map(\.size)
        let isDifference = type == .snapshot
        band = SizeBand(sizes: sizes.dropFirst().lazy.compactMap(\.self), isDifference: isDifference)
        nextBand = SizeBand(sizes: sizes.lazy.compactMap(\.self), isDifference: isDifference)
    }
}
