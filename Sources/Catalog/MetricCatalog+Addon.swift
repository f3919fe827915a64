import Backups
import Exposition

extension MetricCatalog {
    static let addonMetrics: [Metric] = [
        Metric(
            "northflank_addon_info", .gauge,
            """
            Names and type of an addon, and what its policies say about whom to alert and how if it is gone, if they do; \
            always 1.
            """,
            labels: ["project_name", "addon_name", "addon_type", "policy", "owner", "on_gone"],
            example: """
                northflank_addon_up
                  * on (account, project, addon) group_left (project_name, addon_name) northflank_addon_info
                """,
            isOfGone: true,
            .addon { addon, sink in
                let decisions = addon.decisions
                sink.add(
                    .integer(1),
                    [
                        "project_name": addon.projectName, "addon_name": addon.addonName, "addon_type": addon.type,
                        // What is empty is absent for Prometheus.
                        "policy": decisions?.policy ?? "", "owner": decisions?.owner ?? "",
                        "on_gone": decisions?.onGone?.rawValue ?? "",
                    ])
            }),
        Metric(
            "northflank_addon_tag_info", .gauge, "A tag of the addon; always 1.", labels: ["tag"],
            example: """
                northflank_addon_backup_health{state!~"ok|paused|waived"} == 1
                  and on (account, project, addon) northflank_addon_tag_info{tag="production"}
                """,
            isOfGone: true,
            .addon { addon, sink in
                for tag in addon.record?.tags ?? [] { sink.add(.integer(1), ["tag": tag]) }
            }),
        Metric(
            "northflank_addon_backups", .gauge,
            "Backups in the addon's list now, by status; completed and failed always, other statuses if there are any.",
            labels: ["status"],
            example: #"sum by (project, addon) (northflank_addon_backups{status="failed"})"#,
            .addon { addon, sink in
                guard let summary = addon.summary else { return }
                sink.add(counts: { summary.count(of: $0) })
            }),
        Metric(
            "northflank_addon_backup_last_completed_timestamp_seconds", .gauge,
            "End of the newest completed backup.", labels: ["type"],
            example:
                #"time() - max by (account, project, addon) (northflank_addon_backup_last_completed_timestamp_seconds{type!="import"}) > 26 * 3600"#,
            .addon { addon, sink in
                addon.eachCompleted { type, completed in
                    sink.add(.timestamp(completed.newest.endOrCreation), ["type": type.label])
                }
            }),
        Metric(
            "northflank_addon_backup_last_completed_age_seconds", .gauge,
            "Time since the end of the newest completed backup, computed at scrape.", labels: ["type"],
            example:
                #"topk(5, min by (project, addon) (northflank_addon_backup_last_completed_age_seconds{type!="import"}))"#,
            .age { addon, sink in
                addon.eachCompleted { type, completed in
                    sink.add(since: completed.newest.endOrCreation, ["type": type.label])
                }
            }),
        Metric(
            "northflank_addon_backup_last_completed_size_bytes", .gauge,
            "Size of the newest completed backup; for snapshots the difference to the one before.",
            labels: ["type"],
            example:
                #"northflank_addon_backup_last_completed_size_bytes{type="dump"} < 0.5 * northflank_addon_backup_last_completed_size_bytes{type="dump"} offset 1d"#,
            .addon { addon, sink in
                addon.eachCompleted { type, completed in
                    sink.add(completed.newest.size.map { .integer($0) }, ["type": type.label])
                }
            }),
        Metric(
            "northflank_addon_backup_last_completed_duration_seconds", .gauge,
            "Time from creation to end of the newest completed backup.", labels: ["type"],
            example: "max by (project, addon) (northflank_addon_backup_last_completed_duration_seconds) > 3600",
            .addon { addon, sink in
                addon.eachCompleted { type, completed in
                    sink.add(completed.newest.duration.map { .duration($0) }, ["type": type.label])
                }
            }),
        Metric(
            "northflank_addon_backup_last_completed_info", .gauge,
            "Version of the addon's software of which the newest completed backup is; always 1.",
            labels: ["type", "addon_version"],
            example: """
                count by (type, addon_version) (northflank_addon_backup_last_completed_info{type!="import"})
                """,
            .addon { addon, sink in
                addon.eachCompleted { type, completed in
                    guard let version = completed.version else { return }
                    sink.add(.integer(1), ["type": type.label, "addon_version": version])
                }
            }),
        Metric(
            "northflank_addon_backup_oldest_completed_timestamp_seconds", .gauge,
            "End of the oldest completed backup: the oldest restorable point.", labels: ["type"],
            example:
                "(time() - min by (project, addon) (northflank_addon_backup_oldest_completed_timestamp_seconds)) / 86400",
            .addon { addon, sink in
                addon.eachCompleted { type, completed in
                    sink.add(.timestamp(completed.oldest), ["type": type.label])
                }
            }),
        Metric(
            "northflank_addon_backup_stored_bytes", .gauge, "Sum of the known sizes of the completed backups.",
            labels: ["type"],
            example: "sum by (project) (northflank_addon_backup_stored_bytes)",
            .addon { addon, sink in
                addon.eachCompleted { type, completed in
                    sink.add(completed.storedBytes.map { .integer($0) }, ["type": type.label])
                }
            }),
        Metric(
            "northflank_addon_backup_last_failed_timestamp_seconds", .gauge,
            "End of the newest failed backup, or its creation if the end is not known.",
            example: "northflank_addon_backup_last_failed_timestamp_seconds > time() - 86400",
            .addon { addon, sink in sink.add(.timestamp(addon.summary?.newestFailed?.endOrCreation)) }),
        Metric(
            "northflank_addon_backup_oldest_unfinished_timestamp_seconds", .gauge,
            "Creation of the oldest backup that is scheduled, in progress or aborting.",
            example: "time() - northflank_addon_backup_oldest_unfinished_timestamp_seconds > 6 * 3600",
            .addon { addon, sink in sink.add(.timestamp(addon.summary?.oldestUnfinished)) }),
        Metric(
            "northflank_addon_up", .gauge, "Whether the last collection of the addon's backups worked.",
            example: "min_over_time(northflank_addon_up[30m]) == 0",
            .addon { addon, sink in sink.add(addon.isUp.map { .flag($0) }) }),
        Metric(
            "northflank_addon_last_error_info", .gauge,
            "Why the addon's backups cannot be read; always 1, and absent while they can.", labels: ["reason"],
            example: #"count by (reason) (northflank_addon_last_error_info)"#,
            .addon { addon, sink in
                if let trouble = addon.trouble { sink.add(.integer(1), ["reason": trouble.reason]) }
            }),
        Metric(
            "northflank_addon_last_observed_timestamp_seconds", .gauge,
            "End of the last collection of the addon's backups that worked.",
            example: "time() - northflank_addon_last_observed_timestamp_seconds > 3600",
            .instant(\.lastObserved)),
    ]
}

extension Addon {
    /// The types that have a completed backup, always in the same order.
    fileprivate func eachCompleted(_ body: (BackupType, BackupSummary.Completed) -> Void) {
        for type in BackupType.allCases {
            if let completed = summary?.completed(type) { body(type, completed) }
        }
    }
}
