import Backups
import Exposition
import Fleet
import Northflank

/// The reference in `docs/metrics.md`, from the same table as the metrics.
package enum MetricDocumentation {
    package static func markdown() -> String {
        var text = """
            # Metrics

            <!-- Made by `make docs` from the metric catalog; a test fails when the two differ. -->

            Samples that do not exist are absent, never 0 or -1. When a collection fails, an addon's last good samples
            stay, `northflank_addon_up` is 0 and `northflank_addon_last_observed_timestamp_seconds` stands still. An
            addon's series go when its configuration goes, when a complete discovery no longer has it, or when two
            polls in a row were answered with the API's own 404; only a poll that works brings those back.

            | label | values |
            | --- | --- |
            | `account`, `project`, `addon` | the account's name in the configuration, the API's ids of project and addon |
            | `type` | `snapshot`, `dump` (of the addon itself), `import` (brought in from outside), `unknown`; `any` for an objective of all types together |
            | `state` | \(words(HealthState.allCases.map(\.rawValue))): see [health](health.md) |
            | `finding` | \(words(FindingKind.allCases.map(\.rawValue))): see [health](health.md); of an account `time-zone`, `shrunk` |
            | `status` | \(words(BackupStatus.allCases.map(\.word))); of outcomes only the four that end a backup |
            | `schedule`, `interval` | the API's id of a schedule; `hourly`, `daily`, `weekly` |
            | `bound` | `low`, `high` |
            | `policy`, `owner`, `on_gone` | as the configuration's [policies](policies.md) say, absent where none does; `on_gone` is \(words(Decisions.OnGone.allCases.map(\.rawValue))) |
            | `limit` | `max_age`, `grace`, `min_span`, `restore_every` |
            | `waived_by`, `waiver_reason` | as the waiver says |
            | `endpoint` | \(words(EndpointName.allCases.map(\.rawValue))) |
            | `reason` | of requests and polls: \(words(RequestPurpose.allCases.map(\.label))); of retries and errors what went wrong |
            | `result` | of webhook events: \(words(WebhookResult.allCases.map(\.rawValue))) |
            | `stat` | `p50`, `p95`, `max` |

            The newest backup is the one that was initiated last. A completed backup without an end counts from its
            creation, so that it never looks fresher than it is. Imports say nothing about an addon's own protection;
            leave them out with `type!="import"`.

            """
        for metric in MetricCatalog.all { text += section(metric) }
        return text
    }

    private static func words(_ values: [String]) -> String {
        values.map { "`\($0)`" }.joined(separator: ", ")
    }

    private static func section(_ metric: Metric) -> String {
        let labels = metric.allLabels.map { "`\($0)`" }.joined(separator: ", ")
        return """

            ## \(metric.family.name)

            \(metric.family.help)

            \(metric.family.kind.rawValue)\(labels.isEmpty ? "" : "; labels \(labels)")

            ```promql
            \(metric.example)
            ```

            """
    }
}
