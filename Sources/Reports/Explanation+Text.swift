import Backups

/// The explanation for people, in lines of at most 80 characters. Made of the data alone, so that both say the same.
extension Explanation {
    /// Stands at the end of each value past its limit, and of each slot whose backup did not complete.
    package static let mark = "<-"

    package var text: String {
        let sections: [[String]] = [
            identity, verdict, findingLines, limitLines, slotLines, attemptLines, restoreLines, nextLines,
            adviceLines, evidenceLines,
        ]
        return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    /// Whether the addon is protected as it was decided.
    package var isWell: Bool {
        [HealthState.ok, .waived, .paused].map(\.rawValue).contains(state)
    }

    package func age(_ instant: UTCTime) -> String { DurationText.age(instant.until(generatedAt)) }

    package func remaining(_ instant: UTCTime) -> String { DurationText.age(generatedAt.until(instant)) }

    private var identity: [String] {
        let software = type + (version.map { " \($0)" } ?? "") + (isPaused ? ", paused" : "")
        let policy = "policy \(decided.policy ?? "none")\(decided.source.map { " (\($0))" } ?? "")"
        let more = [decided.owner.map { "owner \($0)" }, decided.onGone.map { "on_gone: \($0)" }].compactMap(\.self)
        return TextLayout.wrapped("\(account)/\(project)/\(addon)  \"\(addonName)\"  \(software)")
            + TextLayout.wrapped(([policy] + more).joined(separator: ", "))
    }

    private var verdict: [String] {
        var line = state.uppercased()
        if let since { line += " for \(age(since)) (since \(since.minute) UTC)" }
        if let waiver { line += " until \(waiver.until.date) (in \(remaining(waiver.until)))" }
        return TextLayout.wrapped(line) + verdictSentences.flatMap { TextLayout.wrapped($0) }
    }

    /// The reason of the verdict, and last what a loss of the database would cost now.
    package var verdictSentences: [String] {
        var sentences: [String] = []
        if let waiver {
            let place = waiver.source.map { " (\($0))" } ?? ""
            sentences.append("Waived by \(waiver.owner)\(place): \"\(waiver.reason)\".")
            sentences.append(
                findings.first.map { "Without the waiver: \($0.state.uppercased()). \($0.text.asSentence)" }
                    ?? "Without the waiver the addon would be ok.")
        } else if let worst = findings.first {
            sentences.append(worst.text.asSentence)
        } else {
            sentences += newest.map(newestSentence)
        }
        return sentences + [loss]
    }

    /// The waiver that is in force.
    package var waiver: Waiver? { stateWithoutWaiver == nil ? nil : decided.waiver }

    private func newestSentence(_ backup: Newest) -> String {
        let limit = backup.limitSeconds.map { "; limit \(DurationText.limit(.seconds($0)))" } ?? ""
        return "Last completed \(backup.type): \(age(backup.endedAt)) ago (\(backup.endedAt.minute) UTC)\(limit)."
    }

    /// What a loss of the database would cost now.
    private var loss: String {
        if evidence.goneSince != nil {
            let listed = evidence.listed ?? 0
            let backups = listed == 1 ? "1 backup was" : "\(listed) backups were"
            return "\(backups) listed at the last check; none can be listed now."
        }
        guard evidence.checkedAt != nil else { return "Its backups are not known yet." }
        return restorableTo.map { "Changes after \($0.minute) UTC are in no backup." }
            ?? "No completed backup is listed, imports aside."
    }

    private var findingLines: [String] {
        if findings.isEmpty { return ["FINDINGS  none"] }
        let state = findings.map(\.state.count).max() ?? 0
        let ages = findings.map { $0.since.map(age) ?? "" }
        let width = ages.map(\.count).max() ?? 0
        return [waiver == nil ? "FINDINGS" : "FINDINGS (not alerted)"]
            + zip(findings, ages).flatMap { finding, age in
                TextLayout.wrapped(
                    finding.text, after: "\(finding.state.padded(to: state))  \(age.padded(to: width))  ")
            }
    }

    private var limitLines: [String] {
        if limits.isEmpty { return ["LIMITS  none: there is no backup left to measure"] }
        let names = ([""] + limits.map(\.name)).widest
        let values = (["value"] + limits.map(\.valueText)).widest
        let bounds = (["limit"] + limits.map(\.limitText)).widest
        func head(_ name: String, _ value: String, _ limit: String, isPast: Bool) -> String {
            "\(name.padded(to: names))  \(value.padded(to: values))  \(limit.padded(to: bounds)) "
                + (isPast ? Self.mark : "").padded(to: Self.mark.count) + " "
        }
        return ["LIMITS", head("", "value", "limit", isPast: false) + "from"]
            + limits.flatMap { limit in
                TextLayout.wrapped(
                    limit.source, after: head(limit.name, limit.valueText, limit.limitText, isPast: limit.isPast))
            }
    }

    private var nextLines: [String] {
        let rows = nextRows
        if rows.isEmpty {
            return ["NEXT  none: \(evidence.goneSince == nil ? "no slot is known" : "the addon is gone")"]
        }
        return ["NEXT"] + TextLayout.labelled(rows)
    }

    /// What comes next, as names and texts.
    package var nextRows: [(String, String)] {
        var rows: [(String, String)] = next.due.map { due in
            let end = due.missedAt.date == due.slot.date ? due.missedAt.clock : due.missedAt.minute
            let text =
                due.isPending
                ? "due since \(due.slot.minute) UTC (\(age(due.slot)) ago)"
                : "due \(due.slot.minute) UTC (in \(remaining(due.slot)))"
            return (due.type, "\(text); missed if not started by \(end)")
        }
        rows += next.expiry.map { expiry in
            let left = expiry.at > generatedAt ? "in \(remaining(expiry.at))" : "\(age(expiry.at)) ago"
            return ("expiry", "newest good \(expiry.type): \(expiry.at.minute) UTC (\(left))")
        }
        rows += next.checkBy.map { [("check", checkText(by: $0))] } ?? []
        return rows
    }

    private func checkText(by latest: UTCTime) -> String {
        let slot = next.checkAfterSlot.map {
            ", at \($0.date == latest.date ? $0.clock : $0.minute) UTC after the next slot"
        }
        return "by \(latest.clock) UTC\(slot ?? "")" + (next.usesWebhooks ? ", or at a webhook" : "")
    }

    /// When an addon that is gone is shown no more.
    package var goneEnd: String? {
        evidence.goneUntil.map { "Without an action this entry ends at \($0.minute) UTC (gone_for)." }
    }

    /// What to do about the waiver in force.
    package var waiverSteps: [String] {
        guard let waiver else { return [] }
        let place = waiver.source.map { " at \($0)" } ?? ""
        let alert = UTCTime(waiver.until.instant - .seconds(7 * 86_400))
        return [
            alert > generatedAt
                ? "Nothing until \(alert.date), when the alert NorthflankBackupWaiverEnds begins."
                : "Renew the waiver, or protect the addon, before \(waiver.until.date): the waiver ends then.",
            "To end the waiver now, delete it\(place) and reload.",
        ]
    }

    /// The command that silences alerts for a while; the labels of the addon follow.
    package static let silence = "amtool silence add -d 4h -c \"WHO: WHY\""

    private var adviceLines: [String] {
        var lines = ["WHAT TO DO"]
        if waiver != nil {
            lines += waiverSteps.flatMap { TextLayout.wrapped($0) }
        } else if advice.isEmpty {
            return ["WHAT TO DO  nothing"]
        }
        for (number, step) in advice.enumerated() {
            lines += TextLayout.wrapped(step.text, after: "\(number + 1). ")
            if let command = step.command { lines.append("     \(command)") }
        }
        if let goneEnd { lines += TextLayout.wrapped(goneEnd) }
        if waiver == nil, let runbook { lines.append("Runbook: \(runbook)") }
        if waiver == nil {
            lines.append("Silence: \(Self.silence) account=\(account) \\")
            lines.append("           project=\(project) addon=\(addon)")
        }
        return lines
    }
}

extension [String] {
    /// The number of characters of the longest text.
    fileprivate var widest: Int { map(\.count).max() ?? 0 }
}

extension TextLayout {
    /// Texts after their labels, which have one column.
    static func labelled(_ rows: [(String, String)]) -> [String] {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.flatMap { wrapped($0.1, after: "\($0.0.padded(to: width))  ") }
    }
}
