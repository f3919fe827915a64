import Backups
import Exposition
import Fleet
import History

extension MetricCatalog {
    static let exporterMetrics: [Metric] = [
        Metric(
            "northflank_exporter_addons", .gauge, "Addons that are watched.",
            example: "northflank_exporter_addons == 0",
            .account { account, sink in sink.add(.integer(account.polling.addons)) }),
        Metric(
            "northflank_exporter_addons_missing", .gauge,
            "Discovered addons that the last complete reading of the lists lacked; another one confirms their absence.",
            example: "northflank_exporter_addons_missing > 0.5 * northflank_exporter_addons",
            .account { account, sink in sink.add(.integer(account.polling.addonsMissing)) }),
        Metric(
            "northflank_exporter_first_checks", .gauge,
            "Watched addons by whether they were checked since the start: done or waiting.", labels: ["state"],
            example: #"northflank_exporter_first_checks{state="waiting"} > 0"#,
            .account { account, sink in
                let checks = account.polling.firstChecks
                let addons = account.polling.addons
                sink.add(.integer(checks?.done ?? addons), ["state": "done"])
                sink.add(.integer(checks.map { $0.of - $0.done } ?? 0), ["state": "waiting"])
            }),
        Metric(
            "northflank_exporter_first_checks_expected_end_timestamp_seconds", .gauge,
            "When every addon will have been checked since the start, by the budget and the pace so far; absent afterwards.",
            example: "northflank_exporter_first_checks_expected_end_timestamp_seconds - time()",
            .account { account, sink in sink.add(.timestamp(account.polling.firstChecks?.expectedEnd)) }),
        Metric(
            "northflank_account_last_error_info", .gauge,
            "Why the account cannot be read; always 1, and absent while it can.", labels: ["reason"],
            example: #"northflank_account_last_error_info{reason="unauthorized"}"#,
            .account { account, sink in
                if let trouble = account.polling.trouble { sink.add(.integer(1), ["reason": trouble.reason]) }
            }),
        Metric(
            "northflank_account_finding_since_timestamp_seconds", .gauge,
            "Since when a finding about the account as a whole holds; absent while it does not.", labels: ["finding"],
            example: #"northflank_account_finding_since_timestamp_seconds{finding="time-zone"}"#,
            .account { account, sink in
                for finding in account.polling.findings {
                    sink.add(.timestamp(finding.since), ["finding": finding.kind])
                }
            }),
        Metric(
            "northflank_account_time_zone_difference_seconds", .gauge,
            "How much earlier backups start than by the time zone in force, if they fit another one; negative for later.",
            labels: ["time_zone", "fits"],
            example: "abs(northflank_account_time_zone_difference_seconds) > 0",
            .account { account, sink in
                for case .timeZone(let fit, let zone) in account.polling.findings {
                    sink.add(
                        .integer(Int(fit.earlier.components.seconds)),
                        ["time_zone": zone.identifier, "fits": fit.zone.identifier])
                }
            }),
        Metric(
            "northflank_exporter_addons_not_found", .gauge,
            "Watched addons that the API does not know, confirmed by two polls; in no list either.",
            example: "northflank_exporter_addons_not_found > 0",
            .account { account, sink in sink.add(.integer(account.polling.addonsNotFound)) }),
        Metric(
            "northflank_exporter_poll_interval_seconds", .gauge,
            "Time between two polls of an addon now; longer than configured when the request budget forces it.",
            example: "northflank_exporter_poll_interval_seconds > 3600",
            .account { account, sink in sink.add(.double(account.polling.pollInterval.seconds)) }),
        Metric(
            "northflank_exporter_discovery_interval_seconds", .gauge,
            "Time between two readings of the lists of projects and addons now.",
            example: "northflank_exporter_discovery_interval_seconds",
            .account { account, sink in sink.add(.double(account.polling.listInterval.seconds)) }),
        Metric(
            "northflank_exporter_discovery_up", .gauge, "Whether the last discovery was complete.",
            example: "northflank_exporter_discovery_up == 0",
            .account { account, sink in sink.add(account.polling.isDiscoveryUp.map { .flag($0) }) }),
        Metric(
            "northflank_exporter_discovery_last_success_timestamp_seconds", .gauge,
            "End of the last discovery that was complete.",
            example: "time() - northflank_exporter_discovery_last_success_timestamp_seconds > 3600",
            .account { account, sink in sink.add(.timestamp(account.polling.lastDiscovery)) }),
        Metric(
            "northflank_exporter_requests_total", .counter,
            "Requests by what they were sent for: why an addon was polled, or a list of another kind.",
            labels: ["reason"],
            example: "sum by (reason) (increase(northflank_exporter_requests_total[1h]))",
            .account { account, sink in
                for purpose in RequestPurpose.allCases {
                    sink.add(.integer(account.requestsByPurpose[purpose, default: 0]), ["reason": purpose.label])
                }
            }),
        Metric(
            "northflank_exporter_poll_queue_length", .gauge, "Polls that are due and wait for the budget.",
            labels: ["reason"], example: "sum by (account) (northflank_exporter_poll_queue_length) > 100",
            .account { account, sink in
                for reason in PollReason.allCases {
                    sink.add(.integer(account.polling.queued[reason, default: 0]), ["reason": reason.rawValue])
                }
            }),
        Metric(
            "northflank_exporter_budget_forecast_requests", .gauge,
            "Requests that are expected until the rate limit's window ends.",
            example: "northflank_exporter_budget_forecast_requests",
            .account { account, sink in sink.add(account.polling.expectedRequests.map { .double($0.rounded()) }) }),
        Metric(
            "northflank_exporter_budget_used_up_timestamp_seconds", .gauge,
            "When the request budget will be used up by the forecast; absent if it lasts to the end of the window.",
            example: "northflank_exporter_budget_used_up_timestamp_seconds - time() < 600",
            .account { account, sink in sink.add(.timestamp(account.polling.budgetUsedUpAt)) }),
        Metric(
            "northflank_exporter_observed_age_seconds", .gauge,
            "How long ago the account's addons were observed, computed at scrape.", labels: ["account", "stat"],
            example: #"northflank_exporter_observed_age_seconds{stat="max"}"#,
            .process { status, sink in
                for (account, ages) in status.observedAges.sorted(by: { $0.key < $1.key }) {
                    for (stat, age) in [("p50", ages.p50), ("p95", ages.p95), ("max", ages.max)] {
                        sink.add(.double(age), ["account": account, "stat": stat])
                    }
                }
            }),
        Metric(
            "northflank_exporter_webhook_events_total", .counter,
            "Webhook events by result: coalesced ones are polled for anyway, unrecognised ones name no known addon, forged ones lack the secret.",
            labels: ["result"],
            example: #"increase(northflank_exporter_webhook_events_total{result="forged"}[1h]) > 0"#,
            .process { status, sink in
                for result in WebhookResult.allCases {
                    sink.add(.integer(status.webhooks[result, default: 0]), ["result": result.rawValue])
                }
            }),
        Metric(
            "northflank_exporter_http_connections", .gauge, "Connections to the exporter's own HTTP server.",
            example: "northflank_exporter_http_connections > 200",
            .process { status, sink in sink.add(status.web.map { .integer($0.connections) }) }),
        Metric(
            "northflank_exporter_http_connections_ended_total", .counter,
            "Connections that the exporter's HTTP server ended: no place (refused), place needed for another client (evicted), TLS handshake failed (handshake), client too slow (the others).",
            labels: ["reason"],
            example: #"increase(northflank_exporter_http_connections_ended_total{reason="refused"}[10m]) > 0"#,
            .process { status, sink in
                guard let web = status.web else { return }
                for end in WebStatus.End.allCases {
                    sink.add(.integer(web.ended[end, default: 0]), ["reason": end.rawValue])
                }
            }),
        Metric(
            "northflank_exporter_http_requests_refused_total", .counter,
            "Requests that were not answered: no user or a wrong password (user), more than rate_limit allows (rate), too many other passwords to check (busy).",
            labels: ["reason"],
            example: #"increase(northflank_exporter_http_requests_refused_total{reason="user"}[1h]) > 10"#,
            .process { status, sink in
                guard let web = status.web else { return }
                for refusal in WebStatus.Refusal.allCases {
                    sink.add(.integer(web.refused[refusal, default: 0]), ["reason": refusal.rawValue])
                }
            }),
        Metric(
            "northflank_exporter_web_config_last_reload_successful", .gauge,
            "Whether the web configuration in force is the one in its files; absent without --web.config.file.",
            example: "northflank_exporter_web_config_last_reload_successful == 0",
            .process { status, sink in sink.add(status.web?.isConfigurationGood.map { .flag($0) }) }),
        Metric(
            "northflank_exporter_state_persistent", .gauge,
            "Whether the history survives a restart; 0 in memory, wanted or not.",
            example: "northflank_exporter_state_persistent == 0",
            .process { status, sink in sink.add(status.history.map { .flag($0.isPersistent) }) }),
        Metric(
            "northflank_exporter_state_bytes", .gauge, "Size of the history's files.",
            example: "northflank_exporter_state_bytes",
            .process { status, sink in sink.add(status.history.map { .integer($0.bytes) }) }),
        Metric(
            "northflank_exporter_state_write_errors_total", .counter,
            "Changes of the history that could not be written where they belong.",
            example: "increase(northflank_exporter_state_write_errors_total[1h]) > 0",
            .process { status, sink in sink.add(status.history.map { .integer($0.writeErrors) }) }),
        Metric(
            "northflank_exporter_state_corruptions_total", .counter,
            "Corrupt histories that were set aside, and write-ahead logs of the history that were lost.",
            example: "increase(northflank_exporter_state_corruptions_total[1d]) > 0",
            .process { status, sink in sink.add(status.history.map { .integer($0.corruptions) }) }),
        Metric(
            "northflank_exporter_shards", .gauge, "Exporters that the fleet is divided among; 1 if it is not.",
            example: """
                max(northflank_exporter_shards)
                  - count(count_values("shard", northflank_exporter_shard_index)) > 0
                """,
            .process { status, sink in sink.add(.integer(status.shard.count)) }),
        Metric(
            "northflank_exporter_shard_index", .gauge, "Which of the shards this exporter is, from 0.",
            example: #"count by (instance) (northflank_exporter_shard_index)"#,
            .process { status, sink in sink.add(.integer(status.shard.index)) }),
        Metric(
            "northflank_exporter_config_last_reload_successful", .gauge,
            "Whether the configuration that was read last is the one in use.",
            example: "northflank_exporter_config_last_reload_successful == 0",
            .process { status, sink in sink.add(.flag(status.reload.isSuccessful)) }),
        Metric(
            "northflank_exporter_config_last_reload_success_timestamp_seconds", .gauge,
            "When the configuration in use was read.",
            example: "time() - northflank_exporter_config_last_reload_success_timestamp_seconds",
            .process { status, sink in sink.add(.timestamp(status.reload.lastSuccess)) }),
        Metric(
            "northflank_exporter_build_info", .gauge, "What is running; always 1.",
            labels: ["version", "revision", "swift_version", "libcurl_version"],
            example: "count by (version) (northflank_exporter_build_info)",
            .process { _, sink in
                sink.add(
                    .integer(1),
                    [
                        "version": BuildInfo.version, "revision": BuildInfo.revision,
                        "swift_version": BuildInfo.swiftVersion, "libcurl_version": BuildInfo.libcurlVersion,
                    ])
            }),
    ]

    static let processMetrics: [Metric] = [
        Metric(
            "process_cpu_seconds_total", .counter, "Total user and system CPU time spent in seconds.",
            example: #"rate(process_cpu_seconds_total{job="northflank-backup"}[5m])"#,
            .process { status, sink in sink.add(status.process.map { .double($0.cpuSeconds) }) }),
        Metric(
            "process_resident_memory_bytes", .gauge, "Resident memory size in bytes.",
            example: #"process_resident_memory_bytes{job="northflank-backup"}"#,
            .process { status, sink in sink.add(status.process.map { .integer($0.residentBytes) }) }),
        Metric(
            "process_virtual_memory_bytes", .gauge, "Virtual memory size in bytes.",
            example: #"process_virtual_memory_bytes{job="northflank-backup"}"#,
            .process { status, sink in sink.add(status.process.map { .integer($0.virtualBytes) }) }),
        Metric(
            "process_open_fds", .gauge, "Number of open file descriptors.",
            example: #"process_open_fds{job="northflank-backup"} / process_max_fds{job="northflank-backup"} > 0.8"#,
            .process { status, sink in sink.add(status.process?.openFiles.map { .integer($0) }) }),
        Metric(
            "process_max_fds", .gauge, "Maximum number of open file descriptors.",
            example: #"process_max_fds{job="northflank-backup"}"#,
            .process { status, sink in sink.add(status.process?.maxFiles.map { .integer($0) }) }),
        Metric(
            "process_start_time_seconds", .gauge, "Start time of the process since unix epoch in seconds.",
            example: #"time() - process_start_time_seconds{job="northflank-backup"} < 300"#,
            .process { status, sink in sink.add(status.process.map { .double($0.startTime) }) }),
    ]
}
