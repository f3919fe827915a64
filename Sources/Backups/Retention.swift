/// Whether schedules keep a backup up to the next slot.
extension [BackupSchedule] {
    /// The finding that there are times without any backup that can be restored, though every slot gets its backup: no
    /// schedule keeps a backup for longer than the gap to the next slot. Nil if the schedules are not all understood, or
    /// if it is not known how long they keep a backup.
    var tooShallow: Finding? {
        let ours = filter { BackupType.scheduled.contains($0.type) || $0.rule == nil }
        var types = Set<BackupType>()
        var kept: [(slot: Duration, end: Duration)] = []
        var longest = Duration.zero
        for schedule in ours {
            guard let retention = schedule.retention, schedule.rule != nil else { return nil }
            let calendar = SlotCalendar([schedule], zone: .utc)
            guard let gap = calendar.longestGap else { continue }
            if retention > gap { return nil }
            types.insert(schedule.type)
            longest = Swift.max(longest, retention)
            for slot in calendar.week { kept.append((slot, slot + retention)) }
        }
        guard !kept.isEmpty, let gap = SlotCalendar(ours, zone: .utc).longestGap else { return nil }
        kept.sort { $0.slot < $1.slot }
        // The second week begins with what the first one has left, and alone is like all others.
        var (end, hole) = (Duration?.none, Duration?.none)
        let week = SlotCalendar.weekLength
        for (slot, keptUntil) in kept + kept.map({ ($0.slot + week, $0.end + week) }) {
            if slot >= week, let end, end <= slot { hole = Swift.max(hole ?? .zero, slot - end) }
            end = Swift.max(end ?? keptUntil, keptUntil)
        }
        guard let hole else { return nil }
        return .tooShallow(type: types.count == 1 ? types.first : nil, retention: longest, gap: gap, hole: hole)
    }
}
