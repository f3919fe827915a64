import Backups

extension Explanation {
    /// The most changes of the state that are shown.
    private static let mostChanges = 5

    var evidenceLines: [String] { ["EVIDENCE"] + TextLayout.labelled(evidenceRows) }

    /// What the verdict is made of, as names and texts. A row without a name goes on with the one before.
    package var evidenceRows: [(String, String)] {
        var rows = [("checked", checkedText)]
        if let gone = evidence.goneSince {
            rows.append(("absent", "from the complete lists since \(gone.minute) UTC"))
            if let newest = attempts.first { rows.append(("newest id", newest.id)) }
        }
        if let error = evidence.error { rows.append(("error", "\(error.message), since \(error.since.minute) UTC")) }
        rows += scheduleRows
        rows.append(("time zone", zoneText))
        rows.append(("errors", errorText))
        rows.append(("webhooks", next.usesWebhooks ? "taken" : "off: no webhook_token is configured"))
        rows.append(("clock", clockText))
        if let uid = evidence.uid { rows.append(("uid", uid)) }
        if let since = evidence.watchedSince { rows.append(("watched", "since \(since.minute) UTC")) }
        if !evidence.unobserved.isEmpty {
            rows.append(
                (
                    "not checked",
                    evidence.unobserved.prefix(Self.mostChanges)
                        .map { "\($0.from.minute) to \($0.to.minute) UTC" }.joined(separator: "; ")
                ))
        }
        if !evidence.changes.isEmpty {
            rows.append(
                (
                    "changes",
                    evidence.changes.prefix(Self.mostChanges)
                        .map { "\($0.at.minute) \($0.before ?? "first check") -> \($0.state)" }.joined(separator: "; ")
                ))
        }
        return rows
    }

    private var checkedText: String {
        guard let at = evidence.checkedAt else { return "not yet" }
        let reason = evidence.checkedFor.map { " (\($0))" } ?? " (before the start of the exporter)"
        let whole =
            evidence.wholeListAt.map { $0 == at ? "the whole list" : "the newest page; the whole list \(age($0)) ago" }
            ?? "the newest page"
        return "\(age(at)) ago\(reason), \(whole), \(CountText.text(evidence.listed ?? 0, of: "backup"))"
    }

    private var scheduleRows: [(String, String)] {
        if !evidence.mayReadSchedules {
            return [("schedules", "not readable: the token's role needs Project > Addons > General > Read")]
        }
        guard let read = evidence.schedulesReadAt else { return [("schedules", "not read yet")] }
        let texts = evidence.schedules.map { schedule in
            let kept = schedule.keptSeconds.map { ", kept \(DurationText.limit(.seconds($0)))" } ?? ""
            return "\(schedule.type) \(schedule.times)\(kept) (\(schedule.id))"
        }
        return [("schedules", "read \(age(read)) ago: \(texts.first ?? "none")")] + texts.dropFirst().map { ("", $0) }
    }

    private var zoneText: String {
        // What is not judged or not over says nothing about the zone.
        let over = slots.filter { ![.pending, .notJudged, .forgiven].contains($0.outcome) }
        let filled = over.compactMap(\.lagSeconds)
        let within = filled.max().map {
            "; \(CountText.text(filled.count)) of \(CountText.text(over.count, of: "slot")) started within "
                + DurationText.attempt(.seconds($0))
        }
        return "\(evidence.timeZone) (time_zone\(evidence.isTimeZoneAuto ? ": auto" : ""))\(within ?? "")"
    }

    private var errorText: String {
        if evidence.failedPolls.isEmpty { return "none in 24h" }
        let count = evidence.failedPolls.reduce(0) { $0 + $1.count }
        let runs = evidence.failedPolls.reversed().map { run in
            let reason = run.status.map { "HTTP \($0)" } ?? run.reason
            return run.count == 1
                ? "\(reason) at \(run.last.minute) UTC"
                : "\(reason) \(CountText.text(run.count)) times, \(run.first.minute) to \(run.last.minute) UTC"
        }
        return "\(CountText.text(count, of: "failed check")) in 24h: \(runs.joined(separator: "; "))"
    }

    private var clockText: String {
        guard let ahead = evidence.clockAheadSeconds else { return "not known" }
        if ahead == 0 { return "equal to Northflank's to the second" }
        let skew = DurationText.attempt(.seconds(abs(ahead)))
        return "\(skew) \(ahead > 0 ? "behind" : "ahead of") Northflank's"
    }
}
