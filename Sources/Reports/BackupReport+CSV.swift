import Backups

/// The report as a table for programs: RFC 4180, a row for each addon, times RFC 3339 in UTC. A value that does not exist
/// is empty.
extension BackupReport {
    static let csvColumns = [
        "account", "project", "addon", "type", "policy", "owner", "watched_since", "days_in_range", "days_observed",
        "slots_due", "slots_kept", "slots_failed", "slots_missed", "slots_not_judged", "within_objective_ratio",
        "rpo_p50_seconds", "rpo_p95_seconds", "rpo_worst_seconds", "rpo_worst_ended_at", "restorable_points",
        "oldest_point_age_seconds", "removed_early", "last_restore_at", "restore_longest_gap_seconds", "waived_by",
        "waiver_reason", "waived_from", "waived_until", "gone_since", "not_judged_reason",
    ]

    package var csv: String {
        ([Self.csvColumns] + addons.map(row)).map { row in row.map(Self.cell).joined(separator: ",") + "\n" }.joined()
    }

    private func row(_ addon: ReportedAddon) -> [String] {
        let slots = addon.allSlots
        let point = addon.notJudged == nil ? addon.recoveryPoint : nil
        let waiver = addon.waivers.last
        return [
            addon.key.account, addon.key.project, addon.key.addon, addon.type, addon.policy ?? "", addon.owner ?? "",
            addon.watchedSince.text, "\(request.days)", ReportWords.days(addon.observed), "\(slots.due)",
            "\(slots.kept)", "\(slots.failed)", "\(slots.missed)", "\(slots.notJudged)", Self.ratio(addon.share),
            Self.seconds(point?.p50), Self.seconds(point?.p95), Self.seconds(point?.worst),
            point?.worst == RecoveryPoint.Age.nothing ? "" : point?.worstEnded?.text ?? "", "\(addon.restorablePoints)",
            Self.seconds(addon.oldestPointAge), "\(addon.removedEarly)", addon.restores.last?.text ?? "",
            Self.seconds(addon.restores.longestGap), waiver?.owner ?? "", waiver?.reason ?? "",
            waiver?.from.text ?? "", waiver?.until.text ?? "", addon.goneSince?.text ?? "",
            addon.notJudged?.rawValue ?? "",
        ]
    }

    private static func ratio(_ share: ReportedAddon.Share) -> String {
        guard let ratio = share.ratio else { return "" }
        // Rounded down, so that 1.0000 means all of the time.
        let digits = String(Int(ratio * 10_000))
        let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        return "\(padded.dropLast(4)).\(padded.suffix(4))"
    }

    private static func seconds(_ age: RecoveryPoint.Age?) -> String {
        if case .known(let duration)? = age { seconds(Optional(duration)) } else { "" }
    }

    private static func seconds(_ duration: Duration?) -> String { duration.map { "\($0.components.seconds)" } ?? "" }

    /// Quoted if needed. A text that a spreadsheet would take for a formula gets an apostrophe in front.
    private static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let plain = isFormula ? "'" + text : text
        guard plain.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else { return plain }
        return "\"" + plain.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
