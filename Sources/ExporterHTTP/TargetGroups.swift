import FoundationEssentials

/// The response to Prometheus's HTTP service discovery: a group for each shard, or one for this exporter alone.
/// The format is that of `http_sd_config` in Prometheus's documentation.
enum TargetGroups {
    private struct Group: Encodable {
        let targets: [String]
        let labels: [String: String]
    }

    /// - Parameters:
    ///   - addresses: host and port of each shard, in the order of their indices.
    ///   - telemetryPath: the path of their metrics.
    static func json(addresses: [String], telemetryPath: String) -> [UInt8] {
        let groups = addresses.enumerated().map { index, address in
            var labels = ["__meta_northflank_shard": "\(index)"]
            if telemetryPath != "/metrics" { labels["__metrics_path__"] = telemetryPath }
            return Group(targets: [address], labels: labels)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        // Strings can always be encoded.
        return (try? encoder.encode(groups)).map(Array.init) ?? []
    }
}
