extension Track {
    func covers(_ type: BackupType) -> Bool { self.type == nil || self.type == type }

    var findings: [Finding] {
        if isOfAgeAlone { return [tooOld].compactMap(\.self) }
        var findings: [Finding] = []
        if let attempts = Attempts(judge.unforgiven(listed)), attempts.isFailure { findings.append(attempts.finding) }
        if let stuck { findings.append(stuck) }
        if let slots, slots.missedInARow > 0, let lastMissed {
            findings.append(.slotsMissed(type: slots.type, last: lastMissed, inARow: slots.missedInARow))
        }
        if let tooOld { findings.append(tooOld) }
        for type in type.map({ [$0] }) ?? BackupType.allCases {
            judge.learned(type).suspicion(listed).map { findings.append($0) }
        }
        return findings
    }

    var stuck: Finding? {
        let limit = durations.stuckLimit
        // An unfinished backup that is older than the newest completed one endangers no data.
        let oldest = listed.prefix { $0.status != .completed }.last { $0.status.isUnfinished }
        guard let oldest, judge.observedAt - oldest.createdAt > limit else { return nil }
        return .unfinished(type: oldest.type, since: oldest.createdAt, limit: limit)
    }
}

extension Durations {
    /// The time after which a backup that runs is stuck.
    package var stuckLimit: Duration { max(Track.leastStuck, (p95 ?? .zero) * Track.stuckFactor) }
}
