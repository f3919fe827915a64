import ArgumentParser
import FoundationEssentials

/// The options of a command, as the command itself declares them.
enum HelpOptions {
    /// What the parser says about a command.
    private struct Dump: Decodable {
        struct Command: Decodable { var arguments: [Argument]? }

        struct Argument: Decodable {
            struct Name: Decodable {
                var kind: String
                var name: String

                var text: String { (kind == "long" ? "--" : "-") + name }
            }

            var kind: String
            var shouldDisplay: Bool
            var names: [Name]?
            var valueName: String?
            var defaultValue: String?
            var abstract: String?
        }

        var command: Command
    }

    /// The options that most users never need, with the title of their section.
    private static let connection = ["--cacert", "--cert", "--key", "--user-file", "--insecure"]

    static func sections(of command: any ParsableCommand.Type) -> [HelpPage.Section] {
        let options = options(of: command)
        func isForConnection(_ row: HelpPage.Row) -> Bool { connection.contains { row.head.contains($0) } }
        let sections = [
            ("OPTIONS", options.filter { !isForConnection($0) }),
            ("OPTIONS FOR HTTPS AND LOGIN", options.filter(isForConnection)),
        ]
        return sections.filter { !$1.isEmpty }.map { title, rows in
            var section = HelpPage.Section(title)
            section.rows = rows
            return section
        }
    }

    /// The names of each option with its value, and what it means.
    static func options(of command: any ParsableCommand.Type) -> [HelpPage.Row] {
        // The parser writes what it can read.
        let dump = try? JSONDecoder().decode(Dump.self, from: Data(command._dumpHelp().utf8))
        return (dump?.command.arguments ?? []).filter { $0.shouldDisplay && $0.kind != "positional" }
            .compactMap { argument in
                let names = (argument.names ?? []).sorted { $0.name.count < $1.name.count }.map(\.text)
                guard !names.contains("--help"), !names.contains("--version") else { return nil }
                let value = argument.kind == "option" ? argument.valueName.map { " \($0.uppercased())" } ?? "" : ""
                let isDefaultShown = argument.abstract?.contains("default") == false && argument.kind == "option"
                let standard = isDefaultShown ? argument.defaultValue.map { " (default: \($0))" } ?? "" : ""
                return HelpPage.Row(
                    head: names.joined(separator: ", ") + value, text: (argument.abstract ?? "") + standard)
            }
    }
}
