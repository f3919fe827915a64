import Backups
import Fleet
import Settings

extension ExplanationFacts {
    /// Every value that has a limit, next to it and to where the limit comes from.
    var limits: [Explanation.Limit] {
        BackupType.scheduled.flatMap { ages($0) } + [anyAge].compactMap(\.self)
            + runningLimits + BackupType.scheduled.compactMap(size) + pointLimits
            + [lastRestore, lastCheck].compactMap(\.self)
    }

    /// The age of the newest backup of a type, by its slots and by `max_age`.
    private func ages(_ type: BackupType) -> [Explanation.Limit] {
        let age = points.first { $0.backup.type == type }.map { now - $0.backup.endOrCreation }
        let bySlots = calendar(type).longestGap.map { (gap: $0, limit: $0 + grace(type)) }
        let maxAge = ageLimit(type) == decisions.maxAge ? decisions.maxAge : nil
        func row(_ limit: Duration, _ source: String) -> Explanation.Limit {
            Explanation.Limit(
                name: "newest \(type.label)", unit: .seconds, type: type.label, value: age?.components.seconds,
                atLeast: nil, atMost: limit.components.seconds,
                isPast: holds("too-old", type) && age.map { $0 > limit } ?? true, source: source)
        }
        let configured = "max_age: \(source("max_age") ?? "configuration")"
        // Without slots, `max_age` is for all types together, unless the type is required.
        guard let bySlots else {
            return addon.assessment?.requiredObjectives[type].map { [row($0, configured)] } ?? []
        }
        let schedule = "schedule: \(DurationText.limit(bySlots.gap)) between slots, grace \(graceText(type))"
        guard let maxAge else { return [row(bySlots.limit, schedule)] }
        return [
            row(maxAge, "\(configured) (stricter: this one counts)"),
            row(bySlots.limit, schedule),
        ]
    }

    private func graceText(_ type: BackupType) -> String {
        let text = DurationText.limit(grace(type))
        if let source = source("grace") { return "\(text), \(source)" }
        return grace(type) == Objectives.leastGrace ? text : "\(text) (p95 of its durations)"
    }

    /// The age of the newest backup of any type, by `max_age` where no schedule is known.
    private var anyAge: Explanation.Limit? {
        guard let limit = addon.assessment?.generalObjective else { return nil }
        let age = points.first.map { now - $0.backup.endOrCreation }
        return Explanation.Limit(
            name: "newest backup", unit: .seconds, type: nil, value: age?.components.seconds, atLeast: nil,
            atMost: limit.components.seconds, isPast: holds("too-old") && age.map { $0 > limit } ?? true,
            source: "max_age: \(source("max_age") ?? "configuration")")
    }

    /// The backup of each type that has been running for the longest time; one row without any.
    private var runningLimits: [Explanation.Limit] {
        func row(_ type: BackupType, since: Timestamp?) -> Explanation.Limit {
            let limit = stuckLimit(type)
            let p95 = durations(type).p95.map { " (\(DurationText.attempt($0)))" } ?? ""
            return Explanation.Limit(
                name: "running \(type == .unknown ? "backup" : type.label)", unit: .seconds, type: type.label,
                value: since.map { (now - $0).components.seconds }, atLeast: nil, atMost: limit.components.seconds,
                isPast: since != nil && holds("unfinished", type), source: "default: 3 x p95\(p95), 1h at least")
        }
        let running = addon.assessment?.unfinished ?? []
        let types = BackupType.allCases.filter { type in
            running.contains { $0.type == type } || !calendar(type).isEmpty
        }
        return types.map { type in row(type, since: running.last { $0.type == type }?.since) }
    }

    /// The size of the newest completed backup of a type, in its band.
    private func size(_ type: BackupType) -> Explanation.Limit? {
        guard let newest = points.first(where: { $0.backup.type == type && $0.backup.size != nil }) else { return nil }
        var band = addon.assessment?.nextBand[type]
        for case .oddSize(type, _, _, let own) in addon.verdict.findings { band = own }
        // Where sizes have always been 0, they show nothing.
        guard let band, band.high > 0 else { return nil }
        let sizes = attempts.count {
            $0.backup.type == type && $0.backup.status == .completed && $0.backup.size != nil
        }
        return Explanation.Limit(
            name: "\(type.label) size", unit: .bytes, type: type.label, value: newest.backup.size,
            atLeast: band.low, atMost: band.high, isPast: holds("odd-size", type) || holds("empty", type),
            source: "band of the last \(min(sizes, SizeBand.window)) \(type.label)s")
    }

    /// The number of restorable points, and the age of the oldest.
    private var pointLimits: [Explanation.Limit] {
        let oldest = points.last.map { (now - $0.backup.endOrCreation).components.seconds }
        let isShort = decisions.minSpan.map { oldest ?? 0 < $0.components.seconds } ?? false
        return [
            Explanation.Limit(
                name: "restorable points", unit: .backups, type: nil, value: Int64(points.count),
                atLeast: decisions.minBackups.map(Int64.init), atMost: nil, isPast: holds("too-few"),
                source: source("min_backups") ?? "not set for this addon"),
            Explanation.Limit(
                name: "oldest point", unit: .seconds, type: nil, value: oldest,
                atLeast: decisions.minSpan?.components.seconds, atMost: nil,
                isPast: isShort && holds("too-shallow"),
                // The backup before the oldest one reached further: rule R88.
                source: source("min_span").map { isShort && !holds("too-shallow") ? "\($0); a gap less will do" : $0 }
                    ?? "not set for this addon"),
        ]
    }

    private var lastRestore: Explanation.Limit? {
        // Where restores are demanded, one of an old backup proves nothing.
        let last =
            decisions.restoreEvery == nil
            ? addon.record?.lastCompletedRestore?.end
            : addon.record?.pastRestores.first { $0.isProof(maxAge: decisions.maxAge) }?.end
        guard last != nil || decisions.restoreEvery != nil else { return nil }
        return Explanation.Limit(
            name: "last restore", unit: .seconds, type: nil, value: last.map { (now - $0).components.seconds },
            atLeast: nil, atMost: decisions.restoreEvery?.components.seconds, isPast: holds("restore-overdue"),
            source: source("restore_every") ?? "not set for this addon")
    }

    private var lastCheck: Explanation.Limit? {
        let limit = account.polling.longestAge
        guard limit > .zero else { return nil }
        return Explanation.Limit(
            name: "last check", unit: .seconds, type: nil,
            value: addon.lastObserved.map { max(0, (now - $0).components.seconds) }, atLeast: nil,
            atMost: limit.components.seconds, isPast: holds("not-observed"),
            source: "default: 3 x poll interval (\(DurationText.limit(account.polling.pollInterval)))")
    }
}
