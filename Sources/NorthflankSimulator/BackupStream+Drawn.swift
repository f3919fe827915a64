import SplitMix64

/// The kinds of streams. A change of the drawn numbers or of their order changes the fleet of every seed.
extension BackupStream {
    static func daily(hash: inout SplitMix64) -> BackupStream {
        BackupStream(
            kind: .dailyDump, interval: .daily, minute: [hash.below(12) * 5], hour: [hash.below(24)],
            retentionDays: 30, duration: hash.number(in: 60...900),
            bytes: hash.number(in: 5e7...2e10))
    }

    static func hourly(hash: inout SplitMix64) -> BackupStream {
        BackupStream(
            kind: .hourlySnapshot, interval: .hourly, minute: [hash.below(12) * 5],
            retentionDays: 4, duration: hash.number(in: 20...120),
            bytes: hash.number(in: 1e6...5e8))
    }

    static func weekly(hash: inout SplitMix64) -> BackupStream {
        BackupStream(
            kind: .weeklySnapshot, interval: .weekly, minute: [hash.below(12) * 5],
            hour: [hash.below(24)], day: [hash.below(7)], retentionDays: 90,
            duration: hash.number(in: 60...600), bytes: hash.number(in: 1e8...5e9))
    }

    static func imports(hash: inout SplitMix64) -> BackupStream {
        BackupStream(
            kind: hash.below(2) == 0 ? .fileUpload : .externalDump, interval: .weekly,
            minute: [hash.below(12) * 5], hour: [hash.below(24)], day: [hash.below(7)],
            retentionDays: 60, duration: hash.number(in: 60...600),
            bytes: hash.number(in: 1e8...5e9))
    }

    // MARK: Several slots a period

    /// This daily stream, with a second slot twelve hours later.
    var twiceDaily: BackupStream {
        changed(hour: hour.flatMap { [$0 % 12, $0 % 12 + 12] })
    }

    /// This hourly stream, with a second slot half an hour later.
    var halfHourly: BackupStream {
        changed(minute: minute.flatMap { [$0 % 30, $0 % 30 + 30] })
    }

    /// This daily stream as a weekly schedule with the five days from Monday to Friday.
    var workdays: BackupStream {
        changed(kind: .weeklyDump, interval: .weekly, day: [0, 1, 2, 3, 4])
    }

    /// This stream as the stream of an addon with a fixed number of backups.
    var dumps: BackupStream {
        changed(kind: .hourlyDump)
    }

    private func changed(
        kind: BackupKind? = nil, interval: Interval? = nil, minute: [Int]? = nil, hour: [Int]? = nil,
        day: [Int]? = nil
    ) -> BackupStream {
        BackupStream(
            kind: kind ?? self.kind, interval: interval ?? self.interval, minute: minute ?? self.minute,
            hour: hour ?? self.hour, day: day ?? self.day, retentionDays: retentionDays,
            duration: duration, bytes: bytes)
    }
}
