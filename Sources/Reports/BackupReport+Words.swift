import Backups

/// What a report says in every format.
extension BackupReport {
    var title: String { "Backup report \(request.from) to \(request.to) (\(days(request.days)))" }

    private func days(_ count: Int64) -> String { "\(count) day\(count == 1 ? "" : "s")" }

    /// Whether names need their account.
    var withAccount: Bool { accounts.count > 1 }

    /// Such as `account acme, all projects, policies gold and silver`.
    var scope: String {
        func part(_ names: [String], _ one: String, _ many: String) -> String {
            names.isEmpty ? "all \(many)" : "\(names.count == 1 ? one : many) \(Self.list(names))"
        }
        let account = accounts.isEmpty ? "no account" : part(accounts, "account", "accounts")
        return [
            account, part(request.projects, "project", "projects"), part(request.policies, "policy", "policies"),
            request.tags.isEmpty ? nil : part(request.tags, "tag", "tags"),
        ]
        .compactMap(\.self).joined(separator: ", ")
    }

    static func list(_ names: [String]) -> String {
        names.count < 2 ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    }

    /// The answer in one sentence.
    var answer: String {
        let (all, kept) = (judged.count, judged.count - unprotected.count)
        guard all > 0 else { return "No database was judged." }
        return
            "\(kept) of \(all) judged \(all == 1 ? "database was" : "databases were") protected as decided for \(wholeTime)."
    }

    /// The time that the answer is about: without an observation, nothing is known.
    private var wholeTime: String {
        let (watched, unobserved) = observation
        let observed = watched - unobserved.length
        guard observed < request.range.upperBound - request.range.lowerBound else { return "the whole time" }
        return "the whole observed time (\(DurationText.age(observed)) of \(request.days)d)"
    }

    /// How many were not, and how many are not judged, and why.
    var answerRest: String {
        var parts = unprotected.isEmpty ? [] : ["\(unprotected.count) \(unprotected.count == 1 ? "was" : "were") not."]
        let others = addons.count - judged.count
        if others > 0 {
            let reasons = [
                (ReportedAddon.NotJudged.noObjective, "no objective"), (.waived, "waived"), (.paused, "paused"),
                (.notObserved, "not observed"),
            ].compactMap { reason, text -> String? in
                let count = addons.count { $0.notJudged == reason }
                guard count > 0 else { return nil }
                return
                    "\(count) \(reason == .noObjective ? (count == 1 ? "has" : "have") : (count == 1 ? "is" : "are")) \(text)"
            }
            parts.append(
                "\(others)\(judged.isEmpty ? "" : " more") \(others == 1 ? "is" : "are") not judged: \(reasons.joined(separator: ", "))."
            )
        }
        return parts.joined(separator: " ")
    }

    /// The key figures: a name and a text. An indented name belongs to the one before.
    var figures: [(name: String, text: String)] {
        let (watched, unobserved) = observation
        let observed = watched - unobserved.length
        let rules = addons.compactMap { addon in addon.restores.limit.map { ($0, addon.restores.isKept) } }
        let limits = Set(rules.map(\.0))
        let accountText = accounts.count == 1 ? "1 account (\(accounts[0]))" : "\(accounts.count) accounts"
        var figures = [
            (
                "databases watched",
                "\(addons.count) in \(accountText)"
                    + (watchedAtEnd < addons.count ? "; \(watchedAtEnd) at the end" : "")
            ),
            (
                "time observed",
                "\(DurationText.age(observed)) of \(request.days)d"
                    + (unobserved.isEmpty ? "" : "; not observed: \(ReportWords.times(unobserved))")
            ),
            ("slots due", CountText.text(slots.due)),
            (
                "  kept",
                CountText.text(slots.kept)
                    + (slots.judged == 0
                        ? ""
                        : " (\(ReportWords.percent(slots.kept, of: slots.judged)) of the \(CountText.text(slots.judged)) judged)")
            ),
            ("  failed", CountText.text(slots.failed)), ("  missed", CountText.text(slots.missed)),
            ("  not judged", CountText.text(slots.notJudged)),
            ("backups removed early", CountText.text(addons.reduce(0) { $0 + $1.removedEarly })),
        ]
        if !rules.isEmpty {
            let unknown = rules.count { $0.1 == nil }
            let rule = limits.count == 1 ? " (\(ReportWords.reach(rules[0].0)))" : ""
            figures.append(
                (
                    "restore rule\(rule)",
                    "\(rules.count { $0.1 == true }) of \(rules.count) databases with the rule kept it"
                        + (unknown == 0 ? "" : "; \(unknown) not known: none restored yet, or restores not read")
                ))
        }
        figures.append(("waivers in force", CountText.text(waiversInForce)))
        return figures
    }

    /// What the report does not claim.
    var limitations: [String] {
        let unobserved = observation.unobserved
        let lastObserved = addons.compactMap(\.watched.last?.upperBound).max()
        let after = lastObserved.flatMap { last in
            last < request.range.upperBound ? " or after the last observation (\(UTCTime(last).minute) UTC)" : nil
        }
        let zoneNames = Set(accounts.map { zones[$0] ?? "UTC" })
        let zone =
            zoneNames.count == 1
            ? "Schedules are read as \(zoneNames.first ?? "UTC")."
            : "Schedules are read as "
                + Self.list(accounts.map { "\(zones[$0] ?? "UTC") (account \($0))" }) + "."
        return [
            "Source: only the exporter's own history.",
            "Nothing is claimed about time before \"watched since\"" + (after ?? "")
                + (unobserved.isEmpty
                    ? "."
                    : " or about \(ReportWords.times(unobserved)), when no database was observed. Slots of that time are "
                        + "judged only where their backups were still listed afterwards."),
            "Time within objective counts observed, unpaused, unwaived time only.",
            "\"Completed\" means that Northflank reports the backup as completed. Only a restore proves that it can be "
                + "restored.",
            "All times are UTC. \(zone)",
        ]
    }

    /// Words of the report and what they mean.
    static let glossary = [
        ("slot kept", "a scheduled time whose backup completed"),
        ("failed, missed", "a scheduled time whose attempt failed; that had no attempt within its grace"),
        (
            "recovery point",
            "achieved: age of the newest restorable backup over all observed time: median, 95th percentile, worst"
        ),
        ("points, reach", "restorable backups at the end of the range, and the age of the oldest"),
    ]
}
