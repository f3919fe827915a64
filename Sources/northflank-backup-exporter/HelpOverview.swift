import Reports

/// The help of the program as a whole.
enum HelpOverview {
    static let purpose =
        "watches the backups of Northflank addons (managed databases) and serves Prometheus metrics, a page and JSON on "
        + "port 9974."

    /// The groups of commands with their titles.
    private static let groups = [
        ("SERVE", ["serve", "once", "check-config", "demo"]),
        (
            "ASK A RUNNING EXPORTER (costs no request to Northflank)",
            ["status", "explain", "report", "forget", "healthcheck"]
        ),
        ("MAINTAIN", ["state export", "state import", "simulate"]),
    ]

    private static let start = [
        ("demo", "see it work in 30 seconds"), ("NORTHFLANK_API_TOKEN=...", "watch everything"),
        ("--config.file config.yml", "accounts, policies"),
    ]

    static let options = HelpPage.Section(
        "OPTIONS",
        [
            "-h, --help": "Show this help, or that of a command: COMMAND --help",
            "--version": "Show version, revision, Swift and libcurl",
        ])

    static let environment = HelpPage.Section(
        "ENVIRONMENT (without --config.file)",
        [
            "NORTHFLANK_API_TOKEN": "token; NF_API_TOKEN is read too",
            "NORTHFLANK_API_TOKEN_FILE": "file with the token, read again on change",
            "NORTHFLANK_API_BASE_URL": "default https://api.northflank.com; NF_HOST too",
            "NORTHFLANK_TEAM": "team id, not its display name",
            "NORTHFLANK_ADDONS": "project/addon,project/addon (default: all)",
            "NORTHFLANK_MAX_AGE": "oldest allowed backup, such as 26h",
            "NORTHFLANK_TIME_ZONE": "of schedules, such as Europe/Berlin",
            "NORTHFLANK_WEBHOOK_TOKEN": "secret of webhooks; or ..._FILE",
            "NORTHFLANK_STATE_PATH": "file of the history",
        ])

    static var text: String {
        let groups = groups.map { title, words -> [String] in
            let commands = DocumentedCommand.all.filter { words.contains($0.words) }
            return [title]
                + commands.map { command in
                    "  \(command.words.padded(to: 15))\(command.purpose.withoutFullStop)"
                        + (command.words == "serve" ? " (default)" : "")
                }
        }
        let parts =
            [
                ["\(Main.name) \(purpose)"].flatMap { TextLayout.wrapped($0) },
                ["USAGE", "  \(Main.name) [serve] [options]", "  \(Main.name) COMMAND [options]"],
            ] + groups + [startLines, HelpText.lines(options), HelpText.lines(environment)]
            + [["Manual: man \(Main.name)"]]
        return parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    /// Commands on the left, what they are for on the right.
    private static var startLines: [String] {
        ["START"]
            + start.map { argument, purpose in
                let command = argument.contains("=") ? "\(argument) \(Main.name)" : "\(Main.name) \(argument)"
                return "  " + command + String(repeating: " ", count: max(2, 76 - command.count - purpose.count))
                    + purpose
            }
    }
}

extension String {
    /// As a row of a table.
    var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
