import Reports
import Settings

/// What the arguments ask for that is no command: help, or a command that does not exist.
enum HelpRequest {
    case help(String)
    /// What is wrong and which commands there are.
    case unknownCommand(String)

    /// Nil if the arguments are for the parser.
    init?(_ arguments: [String]) {
        let options = arguments.prefix { $0 != "--" }
        let words = Array(options.prefix { !$0.hasPrefix("-") })
        if words.first == "help" {
            self.init(words: Array(words.dropFirst()), isHelp: true)
        } else {
            self.init(words: words, isHelp: options.contains("--help") || options.contains("-h"))
        }
    }

    private init?(words: [String], isHelp: Bool) {
        let commands = DocumentedCommand.all
        if words.isEmpty {
            guard isHelp else { return nil }
            self = .help(HelpOverview.text)
            return
        }
        let two = words.prefix(2).joined(separator: " ")
        if let command = commands.first(where: { $0.words == words[0] || $0.words == two }) {
            guard isHelp else { return nil }
            self = .help(command.text)
            return
        }
        // `state` alone shows both of its commands.
        let inner = commands.filter { $0.words.hasPrefix(words[0] + " ") }
        if !inner.isEmpty, words.count == 1 {
            self = .help(inner.map(\.text).joined(separator: "\n"))
            return
        }
        if Self.hidden.contains(words[0]) { return nil }
        let (name, candidates) = inner.isEmpty ? (words[0], commands.map(\.words)) : (two, inner.map(\.words))
        self = .unknownCommand(Self.problem(name, candidates))
    }

    /// For the repository itself.
    private static let hidden = ["metrics-reference", "manual-page"]

    private static func problem(_ name: String, _ candidates: [String]) -> String {
        let meant = EditDistance.nearest(to: name, in: candidates).map { "; did you mean \($0)?" } ?? ""
        var names: [String] = []
        for command in DocumentedCommand.all {
            let first = String(command.words.prefix { $0 != " " })
            if !names.contains(first) { names.append(first) }
        }
        let text = "Commands: \(names.joined(separator: ", ")). See \(Main.name) --help."
        return "\(Main.name): unknown command \"\(name)\"\(meant)\n"
            + TextLayout.wrapped(text).map { $0 + "\n" }.joined()
    }
}
