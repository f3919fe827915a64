extension BackupType {
    /// The types that a schedule can be of, as far as we understand them; always in the same order.
    package static let scheduled: [BackupType] = [.snapshot, .dump]
}

extension [BackupSchedule] {
    /// The slots of one type.
    package func calendar(of type: BackupType, zone: Zone) -> SlotCalendar {
        SlotCalendar(filter { $0.type == type }, zone: zone)
    }

    /// Milliseconds that backups of a type are kept at least, since a backup does not say which schedule made it; nil
    /// if none of its schedules says, the greatest number if that is more than there is room for.
    package func shortestRetention(of type: BackupType) -> Int64? {
        filter { $0.type == type }.compactMap(\.retention).min().map { seconds in
            let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
            return overflow ? .max : milliseconds
        }
    }
}
