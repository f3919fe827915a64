import Exposition

extension MetricCatalog {
    static let exporterMetrics: [Metric] = [
        Metric(
            "northflank_exporter_addons", .gauge, "Addons that are watched.",
            example: "northflank_exporter_addons == 0",
            .account { account, sink in sink.add(.integer(account.addons)) }),
        Metric(
            "northflank_exporter_addons_not_found", .gauge,
            "Watched addons that the API does not know, confirmed by two polls; they have no other series.",
            example: "northflank_exporter_addons_not_found > 0",
            .account { account, sink in sink.add(.integer(account.addonsNotFound)) }),
        Metric(
            "northflank_exporter_poll_interval_seconds", .gauge,
            "Time between two polls of an addon now; longer than configured when the request budget forces it.",
            example: "northflank_exporter_poll_interval_seconds > 3600",
            .account { account, sink in sink.add(.double(account.pollInterval)) }),
        Metric(
            "northflank_exporter_discovery_interval_seconds", .gauge,
            "Time between two readings of the lists of projects and addons now.",
            example: "northflank_exporter_discovery_interval_seconds",
            .account { account, sink in sink.add(.double(account.listInterval)) }),
        Metric(
            "northflank_exporter_discovery_up", .gauge, "Whether the last discovery was complete.",
            example: "northflank_exporter_discovery_up == 0",
            .account { account, sink in sink.add(account.isDiscoveryUp.map { .flag($0) }) }),
        Metric(
            "northflank_exporter_discovery_last_success_timestamp_seconds", .gauge,
            "End of the last discovery that was complete.",
            example: "time() - northflank_exporter_discovery_last_success_timestamp_seconds > 3600",
            .account { account, sink in sink.add(.timestamp(account.lastDiscovery)) }),
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
