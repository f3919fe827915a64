extension BackupType {
    /// The known types of schedules, always in the same order.
    package static let scheduled: [BackupType] = [.snapshot, .dump]
}

extension [BackupSchedule] {
    /// The slots of one type.
    package func calendar(of type: BackupType, zone: Zone) -> SlotCalendar {
        SlotCalendar(lazy.filter { $0.type == type }, zone: zone)
    }

    /// The shortest retention of the schedules of a type, because a backup does not say which schedule made it; nil if no
    /// schedule has a retention.
    package func shortestRetention(of type: BackupType) -> Duration? {
        lazy.filter { $0.type == type }.compactMap(\.retention).min()
    }
}
