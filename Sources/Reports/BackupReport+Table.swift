import Backups

/// The report for a terminal.
extension BackupReport {
    /// From this width on, the addons have all columns.
    private static let wide = 110
    private static let label = 25

    package var table: String {
        let width = request.width
        var lines = [title]
        lines += TextTable.wrapped("\(scope); made \(UTCTime(madeAt).minute) UTC", indent: 0, width: width)
        lines += ["by northflank-backup-exporter \(version)", "", "SUMMARY"]
        lines += TextTable.wrapped("\(answer) \(answerRest)", indent: 0, width: width) + [""]
        for (name, text) in figures {
            lines += TextTable.wrapped(text, head: name, indent: Self.label, width: width)
        }
        if !unprotected.isEmpty {
            lines += ["", "NOT PROTECTED AS DECIDED, worst first"]
            for addon in unprotected {
                lines += TextTable.wrapped(
                    addon.failure(in: request.range), head: addon.name(withAccount: withAccount), indent: Self.label,
                    width: width)
            }
        }
        lines += ["", "BY POLICY"] + policyLines
        if !waivers.isEmpty { lines += ["", "WAIVERS"] + waiverLines }
        lines += ["", "WHAT THIS REPORT DOES NOT CLAIM"]
        lines += limitations.flatMap { TextTable.wrapped($0, head: "-", indent: 2, width: width) }
        lines += ["", "EACH DATABASE, worst first"] + (width < Self.wide ? narrow : wideRows)
        lines += ["", "WORDS"]
        lines += Self.glossary.flatMap { TextTable.wrapped($0.1, head: $0.0, indent: 17, width: width) }
        return lines.joined(separator: "\n") + "\n"
    }

    private var policyLines: [String] {
        let isWide = request.width >= Self.wide
        let titles = ["databases", "whole time", "slots judged", "kept", "share"]
        let last = TextTable.Column(title: "lowest time in objective", isNumber: true)
        return TextTable(
            columns: [TextTable.Column(title: "policy")] + titles.map { TextTable.Column(title: $0, isNumber: true) }
                + (isWide ? [last] : []),
            rows: policies.map { policy in
                let slots = policy.slots
                let cells = [
                    policy.name, "\(policy.databases)", "\(policy.whole) of \(policy.judged)",
                    CountText.text(slots.judged), CountText.text(slots.kept),
                    ReportWords.percent(slots.kept, of: slots.judged),
                ]
                return TextTable.Row(cells: cells + (isWide ? [ReportWords.ratio(policy.lowestShare)] : []))
            }, width: request.width
        ).lines
    }

    private var waiverLines: [String] {
        TextTable(
            columns: ["database", "policy", "waived by", "from", "until"].map { TextTable.Column(title: $0) },
            rows: waivers.map { addon, waiver in
                TextTable.Row(
                    cells: [
                        addon.name(withAccount: withAccount), addon.policyName, waiver.owner,
                        ReportWords.date(waiver.from), ReportWords.date(waiver.until),
                    ],
                    note: "reason: \"\(waiver.reason)\""
                        + (waiver.end < waiver.until ? "; taken back \(ReportWords.date(waiver.end))" : ""))
            }, width: request.width
        ).lines
    }

    private var narrow: [String] {
        let titles = [("policy", false), ("slots kept", true), ("in obj.", true), ("worst", false), ("ended", false)]
        return TextTable(
            columns: [TextTable.Column(title: "database")] + titles.map { TextTable.Column(title: $0, isNumber: $1) },
            rows: addons.map { addon in
                let slots = addon.allSlots
                let isJudged = addon.notJudged == nil
                return TextTable.Row(
                    cells: [
                        addon.name(withAccount: withAccount), addon.policyName,
                        isJudged ? "\(CountText.text(slots.kept)) of \(CountText.text(slots.judged))" : "-",
                        isJudged ? ReportWords.share(addon.share) : "-", isJudged ? addon.worst : "-",
                        isJudged ? addon.worstEnded : "-",
                    ], note: addon.remarks(in: pastRange, counts: true))
            }, width: request.width
        ).lines
    }

    private var wideRows: [String] {
        let titles = [
            ("policy", false), ("days", true), ("due", true), ("kept", true), ("fail", true), ("miss", true),
            ("n/j", true), ("in obj.", true), ("p50", false), ("p95", false), ("worst", false), ("ended", false),
        ]
        return TextTable(
            columns: [TextTable.Column(title: "database")] + titles.map { TextTable.Column(title: $0, isNumber: $1) },
            rows: addons.map { addon in
                let slots = addon.allSlots
                let counts = [slots.due, slots.kept, slots.failed, slots.missed, slots.notJudged]
                let ages =
                    addon.notJudged == nil
                    ? [
                        ReportWords.share(addon.share), ReportWords.age(addon.recoveryPoint?.p50),
                        ReportWords.age(addon.recoveryPoint?.p95), addon.worst, addon.worstEnded,
                    ] : ["-", "-", "-", "-", "-"]
                return TextTable.Row(
                    cells: [
                        addon.name(withAccount: withAccount), addon.policyName, ReportWords.days(addon.observed),
                    ] + counts.map { CountText.text($0) } + ages, note: addon.remarks(in: pastRange, counts: false))
            }, width: request.width
        ).lines
    }
}

extension ReportedAddon {
    /// The worst recovery point that was achieved.
    var worst: String {
        recoveryPoint?.worst == RecoveryPoint.Age.nothing ? "none at all" : ReportWords.age(recoveryPoint?.worst)
    }

    /// When it ended.
    var worstEnded: String {
        recoveryPoint == nil ? "-" : recoveryPoint?.worstEnded.map(ReportWords.date) ?? "not ended"
    }
}
