/// What a browser shows at `/`.
enum LandingPage {
    /// - Parameter telemetryPath: as configured.
    static func html(version: String, telemetryPath: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Northflank backup exporter</title>
        <style>
        body { font-family: system-ui, sans-serif; margin: 3rem auto; max-width: 40rem; padding: 0 1rem; \
        line-height: 1.5; color: #1b1f24; background: #fff; }
        a { color: #0b57d0; }
        dt { font-weight: 600; margin-top: .75rem; }
        dd { margin: 0; }
        footer { margin-top: 2.5rem; color: #57606a; font-size: .875rem; }
        @media (prefers-color-scheme: dark) {
          body { color: #e6edf3; background: #0d1117; } a { color: #7cb7ff; } footer { color: #9198a1; }
        }
        </style>
        </head>
        <body>
        <h1>Northflank backup exporter</h1>
        <p>Prometheus metrics of the backups of Northflank addons.</p>
        <dl>
        <dt><a href="\(escape(telemetryPath))">\(escape(telemetryPath))</a></dt>
        <dd>the metrics; this is what Prometheus scrapes</dd>
        <dt><a href="/-/healthy">/-/healthy</a></dt>
        <dd>200 while the process works</dd>
        <dt><a href="/-/ready">/-/ready</a></dt>
        <dd>200 once the addons are known, 503 before</dd>
        </dl>
        <footer>version \(escape(version))</footer>
        </body>
        </html>

        """
    }

    private static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
