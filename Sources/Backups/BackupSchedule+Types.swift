extension BackupType {
    /// The types that a schedule can be of, as far as we understand them; always in the same order.
    package static let scheduled: [BackupType] = [.snapshot, .dump]
}

extension [BackupSchedule] {
    /// The slots of one type.
    package func calendar(of type: BackupType, zone: Zone) -> SlotCalendar {
        SlotCalendar(filter { $0.type == type }, zone: zone)
    }

    /// How long backups of a type are kept at least, since a backup does not say which schedule made it; nil if none
    /// of the type's schedules says.
    package func shortestRetention(of type: BackupType) -> Duration? {
        filter { $0.type == type }.compactMap(\.retention).min()
    }
}
