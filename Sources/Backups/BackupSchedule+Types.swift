extension BackupType {
    /// The known types of schedules, always in the same order.
    package static let scheduled: [BackupType] = [.snapshot, .dump]
}

extension [BackupType] {
    /// The type that a backup without a type counts for, of the types that have slots: the only one.
    var ofUntyped: BackupType { count == 1 ? self[0] : .unknown }
}

extension [BackupSchedule] {
    /// The slots of one type.
    package func calendar(of type: BackupType, zone: Zone) -> SlotCalendar {
        SlotCalendar(lazy.filter { $0.type == type }, zone: zone)
    }

    /// The shortest retention of all schedules; nil if no schedule has a retention.
    var shortestRetention: Duration? { lazy.compactMap(\.retention).min() }

    /// The shortest retention of the schedules of a type, because a backup does not say which schedule made it; nil if no
    /// schedule has a retention.
    package func shortestRetention(of type: BackupType) -> Duration? {
        lazy.filter { $0.type == type }.compactMap(\.retention).min()
    }
}
