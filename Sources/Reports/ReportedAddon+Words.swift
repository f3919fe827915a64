import Backups

/// What a report says of one addon.
extension ReportedAddon {
    /// The path, with the account where there are several.
    func name(withAccount: Bool) -> String { withAccount ? "\(key)" : "\(key.project)/\(key.addon)" }

    var policyName: String { policy ?? ReportRequest.noPolicy }

    /// Why the addon was not protected as decided: what happened, worst first.
    func failure(in range: Range<Timestamp>) -> String {
        let slots = allSlots
        var parts: [String] = []
        if recoveryPoint.map({ $0.p50 == .nothing && $0.worst == .nothing }) == true, slots.kept == 0 {
            parts.append("no completed backup in \(DurationText.age(observed)) of watching")
            if slots.missed > 0 {
                parts.append(
                    "\(CountText.text(slots.missed)) of \(CountText.text(slots.judged)) slots missed")
            }
            if slots.failed > 0 {
                parts.append(
                    "\(CountText.text(slots.failed)) of \(CountText.text(slots.judged)) attempts failed")
            }
        } else {
            parts += [slotFailure, ageFailure].compactMap(\.self)
        }
        if removedEarly > 0 { parts.append("\(CountText.text(removedEarly, of: "backup")) removed early") }
        parts += [restoreFailure].compactMap(\.self)
        return parts.joined(separator: "; ")
    }

    /// Such as `4 of 105 backups failed`.
    private var slotFailure: String? {
        let slots = allSlots
        guard slots.failed + slots.missed > 0 else { return nil }
        let types = self.slots.filter { $0.value.failed + $0.value.missed > 0 }.map(\.type)
        let noun = self.slots.reduce(0) { count, _ in count + 1 } == 1 ? "\(types[0].label)s" : "backups"
        let judged = CountText.text(slots.judged)
        if slots.missed == 0 { return "\(CountText.text(slots.failed)) of \(judged) \(noun) failed" }
        if slots.failed == 0 { return "\(CountText.text(slots.missed)) of \(judged) \(noun) did not start" }
        return "\(CountText.text(slots.failed + slots.missed)) of \(judged) slots not kept"
    }

    /// Such as `worst 3d 0h 11m without a new backup (limit 1d 0h 30m), ending 2026-09-18`.
    private var ageFailure: String? {
        if let without = recoveryPoint?.without, without > .zero {
            return "no restorable backup for \(ReportWords.age(without))"
        }
        guard share.outside > .zero else { return nil }
        guard let breach else { return "required backups do not exist" }
        let noun = slots.reduce(0) { count, _ in count + 1 } > 1 ? breach.type?.label ?? "backup" : "backup"
        return "worst \(ReportWords.age(breach.age)) without a new \(noun) (limit \(ReportWords.age(breach.limit))), "
            + (breach.ended.map { "ending \(ReportWords.date($0))" } ?? "not ended")
    }

    private var restoreFailure: String? {
        guard restores.isKept == false, let limit = restores.limit else { return nil }
        if let since = restores.overdueSince { return "restore overdue since \(ReportWords.date(since))" }
        return restores.longestGap.map {
            "\(ReportWords.reach($0)) without a restore (limit \(ReportWords.reach(limit)))"
        }
    }

    /// Such as `24 points, reach 29d`; nil without a point.
    var points: String? {
        oldestPointAge.map { "\(CountText.text(restorablePoints, of: "point")), reach \(ReportWords.reach($0))" }
    }

    /// Such as `2026-08-21` and `86d of 90d`.
    var lastRestore: String? { restores.last.map(ReportWords.date) }

    var restoreGap: String? {
        restores.longestGap.map { gap in
            ReportWords.reach(gap) + (restores.limit.map { " of \(ReportWords.reach($0))" } ?? "")
        }
    }

    private var restoreNote: String? {
        let gap = restores.longestGap.map { gap in
            "longest gap \(ReportWords.reach(gap))" + (restores.limit.map { " (limit \(ReportWords.reach($0)))" } ?? "")
        }
        guard let last = lastRestore else {
            return restores.limit.map { "no restore; limit \(ReportWords.reach($0))" }
        }
        return (["last restore \(last)"] + [gap].compactMap(\.self)).joined(separator: ", ")
    }

    /// The remarks in the order of a row's second line.
    ///
    /// - Parameter counts: whether failed, missed and not judged slots are said here.
    func remarks(in range: Range<Timestamp>, counts: Bool) -> String {
        var parts: [String] = []
        if let notJudged { return ([Self.text(notJudged, waivers)] + watchedNote(in: range)).joined(separator: "; ") }
        let slots = allSlots
        if counts {
            let texts = [(slots.failed, "failed"), (slots.missed, "missed"), (slots.notJudged, "not judged")]
                .filter { $0.0 > 0 }.map { "\(CountText.text($0.0)) \($0.1)" }
            if !texts.isEmpty { parts.append(texts.joined(separator: ", ")) }
        }
        parts += watchedNote(in: range)
        if let points {
            parts.append(points)
        } else if goneSince == nil {
            parts.append("no completed backup exists")
        }
        parts += eventNotes
        return parts.joined(separator: "; ")
    }

    /// What happened beside slots and points.
    var eventNotes: [String] {
        var parts: [String] = []
        if allSlots.forgiven > 0 {
            parts.append("\(CountText.text(allSlots.forgiven, of: "slot")) in maintenance windows not counted")
        }
        if removedEarly > 0 { parts.append("\(removedEarly) removed early") }
        parts += [restoreNote, restores.overdueSince.map { "restore overdue since \(ReportWords.date($0))" }]
            .compactMap(\.self)
        if let first = pauses.first {
            parts.append(
                "paused from \(ReportWords.date(first.lowerBound)); \(ReportWords.reach(pauses.length)) not counted")
        }
        for waiver in waivers {
            parts.append(
                "waived by \(waiver.owner) from \(ReportWords.date(waiver.from)) to \(ReportWords.date(waiver.end))")
        }
        if let goneSince { parts.append("gone \(ReportWords.date(goneSince))") }
        if isLeftOut { parts.append("not watched any more") }
        return parts
    }

    /// Since when the addon is known, and up to when, if that is not all of the range.
    func watchedNote(in range: Range<Timestamp>) -> [String] {
        var notes = watchedSince > range.lowerBound ? ["watched since \(ReportWords.date(watchedSince))"] : []
        if let last = watched.last?.upperBound, goneSince == nil, !isLeftOut,
            range.upperBound - last > Self.longestSilence
        {
            notes.append("not observed since \(ReportWords.date(last))")
        }
        return notes
    }

    /// At the end of a range; the last check of a running exporter is minutes ago.
    private static let longestSilence = Duration.seconds(86_400)

    static func text(_ reason: NotJudged, _ waivers: [WaiverPeriod]) -> String {
        switch reason {
        case .noObjective: "no objective: not judged"
        case .waived: (waivers.last.map { "waived by \($0.owner)" } ?? "waived") + ": not judged"
        case .paused: "paused: not judged"
        case .notObserved: "not observed: not judged"
        }
    }
}
