import Backups
import Exposition

/// The metrics of an addon's schedules, history and verdict.
extension MetricCatalog {
    static let protectionMetrics: [Metric] = [
        Metric(
            "northflank_addon_backup_health", .gauge,
            "How the addon is protected: 1 for the state that holds, 0 for the others.", labels: ["state"],
            example: #"northflank_addon_backup_health{state!~"ok|paused|waived"} == 1"#,
            isOfGone: true,
            .addon { addon, sink in
                for state in HealthState.allCases.reversed() {
                    sink.add(.flag(addon.verdict.state == state), ["state": state.rawValue])
                }
            }),
        Metric(
            "northflank_addon_backup_finding_since_timestamp_seconds", .gauge,
            "Since when a finding about the addon's backups holds; absent while it does not.", labels: ["finding"],
            example: #"time() - northflank_addon_backup_finding_since_timestamp_seconds{finding="too-old"}"#,
            isOfGone: true,
            .addon { addon, sink in
                for kind in FindingKind.allCases {
                    sink.add(.timestamp(addon.standing?.since(kind)), ["finding": kind.rawValue])
                }
            }),
        Metric(
            "northflank_addon_backup_consecutive_failed_attempts", .gauge,
            "Failed or unsupported attempts in a row, up to the newest that has finished; aborted ones do not count.",
            labels: ["type"],
            example: "northflank_addon_backup_consecutive_failed_attempts >= 3",
            .addon { addon, sink in
                for type in BackupType.allCases {
                    sink.add(
                        (addon.assessment?.failedInARow[type]).map { .integer($0) }, ["type": type.label])
                }
            }),
        Metric(
            "northflank_addon_backup_outcomes_total", .counter,
            "Backups that ended since the addon was first watched, each once, over restarts and deletions.",
            labels: ["status"],
            example: #"increase(northflank_addon_backup_outcomes_total{status="failed"}[1d]) > 0"#,
            .addon { addon, sink in
                guard let record = addon.record, addon.isCounting else { return }
                for status in [BackupStatus.completed, .failed, .aborted, .notSupported] {
                    sink.add(.integer(record.outcomes[status: status]), ["status": status.word])
                }
            }),
        Metric(
            "northflank_addon_backup_objective_seconds", .gauge,
            """
            Longest allowed age of the newest completed backup: the stricter of slots and max_age; max_age alone for a \
            required type without slots, and for all types together (type any).
            """,
            labels: ["type"],
            example: """
                northflank_addon_backup_last_completed_age_seconds
                  > on (account, project, addon, type) northflank_addon_backup_objective_seconds
                """,
            .addon { addon, sink in
                for slots in addon.assessment?.slots ?? [] {
                    sink.add(.duration(slots.objective), ["type": slots.type.label])
                }
                for (type, limit) in addon.assessment?.requiredObjectives ?? [:] {
                    sink.add(.duration(limit), ["type": type.label])
                }
                sink.add(addon.assessment?.generalObjective.map { .duration($0) }, ["type": "any"])
            }),
        Metric(
            "northflank_addon_backup_policy_limit_seconds", .gauge,
            "What the addon's policies demand, if they do: the longest age, grace and time between restores, the least reach.",
            labels: ["limit"],
            example: """
                time() - min by (account, project, addon) (northflank_addon_backup_oldest_completed_timestamp_seconds)
                  < on (account, project, addon) northflank_addon_backup_policy_limit_seconds{limit="min_span"}
                """,
            .addon { addon, sink in
                let decisions = addon.decisions
                for (limit, value) in [
                    ("max_age", decisions?.maxAge), ("grace", decisions?.grace), ("min_span", decisions?.minSpan),
                    ("restore_every", decisions?.restoreEvery),
                ] {
                    sink.add(value.map { .duration($0) }, ["limit": limit])
                }
            }),
        Metric(
            "northflank_addon_backup_policy_min_backups", .gauge,
            "The fewest completed backups that the addon's policies demand, imports aside, if they do.",
            example: """
                northflank_addon_backups{status="completed"}
                  < on (account, project, addon) northflank_addon_backup_policy_min_backups
                """,
            .addon { addon, sink in sink.add(addon.decisions?.minBackups.map { .integer($0) }) }),
        Metric(
            "northflank_addon_backup_waiver_expiry_timestamp_seconds", .gauge,
            "When the waiver of the addon's protection ends or has ended, with who decided it and why.",
            labels: ["waived_by", "waiver_reason"],
            example: "northflank_addon_backup_waiver_expiry_timestamp_seconds - time() < 7 * 86400",
            isOfGone: true,
            .addon { addon, sink in
                guard let waiver = addon.waiver else { return }
                sink.add(.timestamp(waiver.until), ["waived_by": waiver.owner, "waiver_reason": waiver.reason])
            }),
        Metric(
            "northflank_addon_backup_next_due_timestamp_seconds", .gauge, "The next slot.", labels: ["type"],
            example: "sort(northflank_addon_backup_next_due_timestamp_seconds - time())",
            .addon { addon, sink in
                for due in addon.due { sink.add(.timestamp(due.slot), ["type": due.type.label]) }
            }),
        Metric(
            // Not missed_slots: in OpenMetrics that is the family of the counter below.
            "northflank_addon_backup_consecutive_missed_slots", .gauge,
            "Slots that were missed in a row, up to the newest that can be judged.", labels: ["type"],
            example: "northflank_addon_backup_consecutive_missed_slots > 0",
            .addon { addon, sink in
                for slots in addon.assessment?.slots ?? [] {
                    sink.add(.integer(slots.missedInARow), ["type": slots.type.label])
                }
            }),
        Metric(
            "northflank_addon_backup_slots_due_total", .counter,
            "Slots that were filled or missed since the addon was first observed.", labels: ["type"],
            example: """
                1 - (increase(northflank_addon_backup_missed_slots_total[30d])
                    + increase(northflank_addon_backup_failed_slots_total[30d]))
                  / increase(northflank_addon_backup_slots_due_total[30d])
                """,
            .addon { addon, sink in
                for type in BackupType.allCases where addon.isCounting {
                    sink.add((addon.record?.slots[type]?.due).map { .integer($0) }, ["type": type.label])
                }
            }),
        Metric(
            "northflank_addon_backup_missed_slots_total", .counter,
            "Slots that were missed since the addon was first observed.", labels: ["type"],
            example: "increase(northflank_addon_backup_missed_slots_total[7d]) > 1",
            .addon { addon, sink in
                for type in BackupType.allCases where addon.isCounting {
                    sink.add((addon.record?.slots[type]?.missed).map { .integer($0) }, ["type": type.label])
                }
            }),
        Metric(
            "northflank_addon_backup_failed_slots_total", .counter,
            "Slots whose attempt ended without completing since the addon was first observed.", labels: ["type"],
            example: "increase(northflank_addon_backup_failed_slots_total[7d]) > 1",
            .addon { addon, sink in
                for type in BackupType.allCases where addon.isCounting {
                    sink.add((addon.record?.slots[type]?.failed).map { .integer($0) }, ["type": type.label])
                }
            }),
        Metric(
            "northflank_addon_backups_removed_early_total", .counter,
            "Completed backups that left the list before their retention was over.", labels: ["type"],
            example: "increase(northflank_addon_backups_removed_early_total[1d]) > 0",
            .addon { addon, sink in
                guard let record = addon.record, addon.isCounting else { return }
                for type in BackupType.allCases {
                    let isKept = (record.schedules ?? []).shortestRetention(of: type) != nil
                    let count = record.removals.counts[type] ?? (isKept ? 0 : nil)
                    sink.add(count.map { .integer($0) }, ["type": type.label])
                }
            }),
        Metric(
            "northflank_addon_backup_schedule_info", .gauge,
            "A backup schedule of the addon that is understood; always 1.",
            labels: ["type", "interval", "schedule"],
            example: "count by (interval) (northflank_addon_backup_schedule_info)",
            .addon { addon, sink in
                for schedule in addon.schedules {
                    guard let rule = schedule.rule else { continue }
                    sink.add(
                        .integer(1),
                        [
                            "type": schedule.type.label, "interval": rule.interval.rawValue,
                            "schedule": schedule.id,
                        ])
                }
            }),
        Metric(
            "northflank_addon_backup_schedule_retention_seconds", .gauge,
            "How long the schedule's backups are kept.", labels: ["schedule"],
            example: "northflank_addon_backup_schedule_retention_seconds < 7 * 86400",
            .addon { addon, sink in
                for schedule in addon.schedules {
                    sink.add(schedule.retention.map { .integer($0.components.seconds) }, ["schedule": schedule.id])
                }
            }),
        Metric(
            "northflank_addon_backup_expiry_timestamp_seconds", .gauge,
            """
            When the newest completed backup falls out of retention, by the shortest of its type; inferred. Absent for a \
            backup that fills no slot or is kept longer.
            """,
            labels: ["type"],
            example: "northflank_addon_backup_expiry_timestamp_seconds - time() < 2 * 86400",
            .addon { addon, sink in
                for type in BackupType.scheduled {
                    sink.add(.timestamp(addon.assessment?.expiry[type]), ["type": type.label])
                }
            }),
        Metric(
            "northflank_addon_backup_expected_size_bytes", .gauge,
            "Where the size of the next completed backup is expected, by the last ones.", labels: ["type", "bound"],
            example: """
                northflank_addon_backup_last_completed_size_bytes
                  < on (account, project, addon, type) northflank_addon_backup_expected_size_bytes{bound="low"}
                """,
            .addon { addon, sink in
                for type in BackupType.allCases where type != .imported {
                    guard let band = addon.assessment?.nextBand[type], band.high > 0 else { continue }
                    sink.add(.integer(band.low), ["type": type.label, "bound": "low"])
                    sink.add(.integer(band.high), ["type": type.label, "bound": "high"])
                }
            }),
        Metric(
            "northflank_addon_restore_last_completed_timestamp_seconds", .gauge,
            "End of the newest restore that completed; needs restores: true.",
            example: "time() - northflank_addon_restore_last_completed_timestamp_seconds > 90 * 86400",
            .addon { addon, sink in sink.add(.timestamp(addon.record?.lastCompletedRestore?.end)) }),
        Metric(
            "northflank_addon_restore_last_completed_backup_timestamp_seconds", .gauge,
            """
            Creation of the backup that the newest completed restore has proven; needs restores: true. Absent if the backup \
            is not known.
            """,
            example: "time() - northflank_addon_restore_last_completed_backup_timestamp_seconds > 180 * 86400",
            .addon { addon, sink in sink.add(.timestamp(addon.record?.lastCompletedRestore?.backupCreatedAt)) }),
        Metric(
            "northflank_addon_restore_last_completed_duration_seconds", .gauge,
            "Time from start to end of the newest completed restore; needs restores: true.",
            example: "max by (project, addon) (northflank_addon_restore_last_completed_duration_seconds) > 3600",
            .addon { addon, sink in
                sink.add(addon.record?.lastCompletedRestore?.duration.map { .duration($0) })
            }),
        Metric(
            "northflank_addon_restore_last_failed_timestamp_seconds", .gauge,
            "End of the newest restore that failed, or its start if the end is not known; needs restores: true.",
            example: """
                northflank_addon_restore_last_failed_timestamp_seconds
                  > on (account, project, addon) northflank_addon_restore_last_completed_timestamp_seconds
                """,
            .addon { addon, sink in sink.add(.timestamp(addon.record?.lastFailedRestore)) }),
        Metric(
            "northflank_addon_restores", .gauge,
            "Restores in the addon's list now, by status, as of backups; needs restores: true.",
            labels: ["status"], example: #"northflank_addon_restores{status="failed"} > 0"#,
            .addon { addon, sink in
                guard let restores = addon.record?.restores else { return }
                sink.add(counts: { restores[status: $0] })
            }),
        Metric(
            "northflank_addon_paused", .gauge, "Whether the addon is paused, so that no backups are taken of it.",
            example: "northflank_addon_paused == 1",
            .addon { addon, sink in sink.add(addon.record.map { .flag($0.isPaused) }) }),
        Metric(
            "northflank_addon_paused_since_timestamp_seconds", .gauge,
            "When the addon was first found to be paused; absent while it is not.",
            example: "time() - northflank_addon_paused_since_timestamp_seconds > 14 * 86400",
            .addon { addon, sink in sink.add(.timestamp(addon.record?.pausedSince)) }),
    ]
}

extension Addon {
    /// The schedules by id; empty before the first reading.
    fileprivate var schedules: [BackupSchedule] { (record?.schedules ?? []).sorted { $0.id < $1.id } }
}
