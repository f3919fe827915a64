import ArgumentParser

/// Prints the manual page, which is made of the help of all commands.
struct ManualPage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual-page", abstract: "Print the manual page.", shouldDisplay: false)

    /// Of the last change that readers should know.
    private static let date = "November 28, 2026"

    func run() throws { try StandardOutput.write(Self.text) }

    private static var text: String {
        let commands = DocumentedCommand.all
        var lines = [
            ".Dd \(date)", ".Dt NORTHFLANK-BACKUP-EXPORTER 1", ".Os", ".Sh NAME", ".Nm \(Main.name)",
            ".Nd watch the backups of Northflank addons", ".Sh SYNOPSIS",
        ]
        for command in commands {
            lines += command.type.page.usage.map { ".Nm Cm \(command.words) \(Manual.argument($0))" }
        }
        lines += [".Nm", ".Fl -version | Fl -help", ".Sh DESCRIPTION", ".Nm", Manual.text(HelpOverview.purpose)]
        lines += [".Pp", "Without a command it serves.", ".Bl -tag -width check-config"]
        lines += commands.flatMap { [".It Cm \($0.words)", Manual.text($0.purpose)] } + [".El"]
        for command in commands {
            lines += [".Sh \(command.words.uppercased())", Manual.text(command.purpose)]
            lines += command.sections.flatMap(Manual.lines)
            lines += [".Pp", "Examples:", ".Bd -literal -offset indent"]
            lines += command.type.page.examples.map(Manual.literal) + [".Ed"]
        }
        lines += [".Sh OPTIONS OF ALL COMMANDS", ".Bl -tag -width indent"]
        lines += HelpOverview.options.rows.flatMap(Manual.item) + [".El"]
        lines += [".Sh ENVIRONMENT", "Without", ".Fl -config.file", "the configuration is that of these variables."]
        lines += Manual.list(HelpOverview.environment.rows) + [".Pp", "These count with a file as well:"]
        lines += Manual.list(ManualFacts.environment)
        lines += [".Sh FILES"] + Manual.list(ManualFacts.files)
        return (lines + [".Sh SEE ALSO", ".Xr prometheus 1"]).map { $0 + "\n" }.joined()
    }
}

/// The macros of mdoc(7).
enum Manual {
    /// Text, each sentence in a line of its own.
    static func text(_ text: String) -> String { literal(text).replacing(". ", with: ".\n") }

    /// A line as it is.
    static func literal(_ line: String) -> String {
        let escaped = line.replacing("\\", with: "\\e")
        return (escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" : "") + escaped
    }

    /// An argument of a macro, as one word.
    static func argument(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\e").replacing("\"", with: "\\(dq"))\""
    }

    /// A section of the help, as a subsection.
    static func lines(_ section: HelpPage.Section) -> [String] {
        [".Ss \(argument(section.title))"] + list(section.rows)
            + section.texts.flatMap { (section.rows.isEmpty ? [] : [".Pp"]) + [text($0)] }
    }

    /// Words with what they mean.
    static func list(_ rows: [HelpPage.Row]) -> [String] {
        rows.isEmpty ? [] : [".Bl -tag -width indent"] + rows.flatMap(item) + [".El"]
    }

    static func item(_ row: HelpPage.Row) -> [String] {
        guard row.head.hasPrefix("-") else { return [".It Li \(argument(row.head))", text(row.text)] }
        let names = row.head.split(separator: ", ").map { name in
            let parts = name.split(separator: " ", maxSplits: 1)
            return "Fl \(parts[0].dropFirst())" + (parts.count > 1 ? " Ar \(parts[1])" : "")
        }
        return [".It \(names.joined(separator: " , "))", text(row.text)]
    }
}

/// What the manual page says besides the help.
enum ManualFacts {
    static let environment: [HelpPage.Row] = [
        .init(
            head: "NORTHFLANK_SHARD_COUNT, NORTHFLANK_SHARD_INDEX, NORTHFLANK_SHARD_ADDRESS",
            text: "As the options of these names."),
        .init(
            head: "NORTHFLANK_EXPORTER_URL, _CACERT, _CERT, _KEY, _USER_FILE, _INSECURE",
            text: "As the options of these names, for the commands that ask a running exporter; the last one is true."),
        .init(head: "COLUMNS, NO_COLOR, CLICOLOR_FORCE", text: "The width and the colours of status."),
        .init(head: "STATE_DIRECTORY", text: "The folder of the history, unless its path is configured."),
        .init(head: "NOTIFY_SOCKET", text: "Where the exporter notifies systemd that it is ready."),
    ]

    static let files: [HelpPage.Row] = [
        .init(
            head: "/etc/northflank-backup-exporter/token",
            text:
                "The service's token; without it the service does not start. The service gets a copy at each start, so "
                + "a new token needs systemctl restart northflank-backup-exporter."),
        .init(head: "/etc/default/northflank-backup-exporter", text: "The service's environment and arguments."),
        .init(
            head: "/lib/systemd/system/northflank-backup-exporter.socket",
            text: "The unit for socket activation, which is not enabled."),
        .init(head: "/var/lib/northflank-backup-exporter/history.sqlite", text: "The service's history."),
        .init(
            head: "/usr/share/northflank-backup-exporter",
            text: "Rules for Prometheus, an example for Alertmanager, dashboards for Grafana, and the runbooks of the "
                + "alerts."),
    ]
}
