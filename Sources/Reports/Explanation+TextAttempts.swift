import Backups

extension Explanation {
    /// The most lines for backups outside of slots, and for restores.
    private static let mostLines = 5

    var attemptLines: [String] {
        let head = "ATTEMPTS OF \(Self.attemptDays) DAYS"
        if attempts.isEmpty { return ["\(head)  none: no backup was created"] }
        let types = BackupType.allCases.map(\.label).filter { type in attempts.contains { $0.type == type } }
        var lines = ["\(head): \(CountText.text(attempts.count)): \(Self.counts(attempts))"]
        lines += TextLayout.table(
            [["by type", "attempts", "completed", "failed", "took (p50, p95)", "version"]]
                + types.map { type in row(type, attempts.filter { $0.type == type }) })
        let outside = attempts.filter(\.isOutsideSlots)
        if !outside.isEmpty {
            let texts = outside.prefix(Self.mostLines).map { attempt in
                let size = attempt.sizeText.map { ", \($0)" } ?? ""
                return "\(attempt.createdAt.minute) \(attempt.type), \(attempt.status)\(size)"
            }
            let more = outside.count - texts.count
            lines += TextLayout.wrapped(
                (texts + (more > 0 ? ["and \(CountText.text(more)) more"] : [])).joined(separator: "; "),
                after: "outside any slot: ")
        }
        if !missedSlots.isEmpty {
            let texts = missedSlots.prefix(Self.mostLines).map { "\($0.type) due \($0.due.minute)" }
            let more = missedSlots.count > texts.count ? ", ..." : ""
            lines += TextLayout.wrapped(
                "\(CountText.text(missedSlots.count)) (\(texts.joined(separator: ", "))\(more))",
                after: "missed slots: ")
        }
        return lines
    }

    /// Such as `30 completed, 3 failed`.
    private static func counts(_ attempts: [Attempt]) -> String {
        BackupStatus.allCases.map(\.word).compactMap { status in
            let count = attempts.count { $0.status == status }
            return count > 0 ? "\(CountText.text(count)) \(status)" : nil
        }.joined(separator: ", ")
    }

    private func row(_ type: String, _ mine: [Attempt]) -> [String] {
        func count(_ status: String) -> String { CountText.text(mine.count { $0.status == status }) }
        let took = mine.filter { $0.status == "completed" }.compactMap(\.tookSeconds).sorted()
        func quantile(_ share: Double) -> String? { took.nearestRank(share).map { DurationText.attempt(.seconds($0)) } }
        return [
            type, CountText.text(mine.count), count("completed"), count("failed"),
            [quantile(0.5), quantile(0.95)].compactMap(\.self).joined(separator: ", ").orDash, versions(mine).orDash,
        ]
    }

    /// Each version, the oldest first; with the completed ones of its attempts if some failed.
    private func versions(_ mine: [Attempt]) -> String {
        var seen: [String] = []
        for version in mine.reversed().compactMap(\.version) where !seen.contains(version) { seen.append(version) }
        return seen.map { version in
            let ended = mine.filter { $0.version == version && ["completed", "failed"].contains($0.status) }
            let completed = ended.count { $0.status == "completed" }
            // Where one version has all attempts, the columns before say it.
            return completed == ended.count || seen.count == 1 ? version : "\(version): \(completed) of \(ended.count)"
        }.joined(separator: "; ")
    }

    var restoreLines: [String] {
        let limit = limits.first { $0.name == "last restore" && $0.atMost != nil }
        let head = "RESTORES" + (limit.map { " (limit \($0.limitText), \($0.source))" } ?? "")
        if restores.isEmpty { return TextLayout.wrapped("none: \(noRestores ?? "")", after: "\(head)  ") }
        let rows = restores.prefix(Self.mostLines).map { restore in
            [
                restore.endedAt.minute,
                restore.backupCreatedAt.map { "of the \(restore.backupType ?? "backup") of \($0.minute)" }
                    ?? "of an unknown backup",
                restore.tookSeconds.map { DurationText.attempt(.seconds($0)) } ?? "-",
                restore.hasCompleted ? "completed" : "failed",
            ]
        }
        let more = restores.count - rows.count
        return [head] + TextLayout.table(Array(rows)) + (more > 0 ? ["... \(CountText.text(more)) earlier"] : [])
    }
}

extension String {
    fileprivate var orDash: String { isEmpty ? "-" : self }
}
