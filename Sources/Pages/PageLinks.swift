import Northflank

/// The addresses outside the exporter that pages lead to. A page has no link for which there is no address.
package struct PageLinks: Equatable, Sendable {
    /// Under which people reach the exporter, without a slash at its end.
    package var external: String?
    /// Grafana's address, without a slash at its end.
    package var grafana: String?
    /// The address of an addon at Northflank, with `{account}`, `{project}` and `{addon}` in place of the names.
    package var northflank: String?
    /// The path of the metrics, relative to the pages.
    package var metrics: String

    package init(
        external: String? = nil, grafana: String? = nil, northflank: String? = nil, telemetryPath: String = "/metrics"
    ) {
        self.external = external
        self.grafana = grafana
        self.northflank = northflank
        // Without the dot, a colon in the first part would be the end of a scheme.
        metrics = (telemetryPath.contains(":") ? "./" : "") + telemetryPath.drop { $0 == "/" }
    }

    /// The addon's page at Northflank.
    func northflank(_ account: String, _ project: String, _ addon: String) -> String? {
        northflank.map { template in
            [("{account}", account), ("{project}", project), ("{addon}", addon)].reduce(template) { url, part in
                url.split(separator: part.0, omittingEmptySubsequences: false)
                    .joined(separator: URLText.encoded(part.1))
            }
        }
    }

    /// The addon's dashboard in Grafana.
    func grafana(_ account: String, _ project: String, _ addon: String) -> String? {
        grafana.map { base in
            let variables = [("account", account), ("project", project), ("addon", addon)]
            return "\(base)/d/northflank-backup-addon?"
                + variables.map { "var-\($0.0)=\(URLText.encoded($0.1))" }.joined(separator: "&")
        }
    }

    /// The address of a page, for paper and for others.
    func external(_ page: String) -> String? {
        external.map { "\($0)/\(page.hasPrefix("./") ? String(page.dropFirst(2)) : page)" }
    }
}

/// Texts in URLs.
package enum URLText {
    /// With `%` and two digits for each byte that has a meaning in a URL or none; a slash stays.
    package static func encoded(_ text: String) -> String { text.percentEncoded(keeping: "/*") }

    /// The address of an addon's page, relative to the pages.
    package static func addon(_ account: String, _ project: String, _ addon: String) -> String {
        "addon?id=\(encoded(account))/\(encoded(project))/\(encoded(addon))"
    }
}
