import FoundationEssentials

/// What Prometheus's HTTP service discovery is told: a group for each shard, or one for this exporter alone.
/// The format is that of `http_sd_config` in Prometheus's documentation.
package struct TargetGroups: Encodable, Equatable, Sendable {
    private struct Group: Encodable, Equatable {
        let targets: [String]
        let labels: [String: String]
    }

    private let groups: [Group]

    /// - Parameters:
    ///   - addresses: host and port of each shard, in the order of their indices.
    ///   - telemetryPath: where their metrics are.
    init(addresses: [String], telemetryPath: String) {
        groups = addresses.enumerated().map { index, address in
            var labels = ["__meta_northflank_shard": "\(index)"]
            if telemetryPath != "/metrics" { labels["__metrics_path__"] = telemetryPath }
            return Group(targets: [address], labels: labels)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(groups)
    }

    var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        // Texts, which can always be written.
        return (try? encoder.encode(self)).map(Array.init) ?? []
    }
}
