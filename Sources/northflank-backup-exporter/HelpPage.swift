import ArgumentParser
import Reports

/// What the help of a command says besides its purpose and its options, which are the command's own. The manual page is
/// made of the same.
struct HelpPage {
    struct Section {
        var title: String
        /// Words and what they mean.
        var rows: [Row]
        /// Paragraphs after the words.
        var texts: [String]

        init(_ title: String, _ rows: KeyValuePairs<String, String> = [:], texts: [String] = []) {
            self.title = title
            self.rows = rows.map { Row(head: $0, text: $1) }
            self.texts = texts
        }
    }

    struct Row {
        var head: String
        var text: String
    }

    /// What follows the name of the command, one for each form.
    var usage: [String]
    /// Before the options.
    var sections: [Section] = []
    /// After the options.
    var notes: [Section] = []
    var codes: KeyValuePairs<String, String>
    /// Commands that work as printed; a backslash at the end of a line goes on with the next.
    var examples: [String]

    /// The exit code that every command has.
    static let usageCode = Row(head: "64", text: "an option or an argument is wrong")

    var exitCodes: Section {
        var section = Section("EXIT CODES", codes)
        section.rows.append(Self.usageCode)
        return section
    }
}

/// A command with a page of help.
protocol Documented: ParsableCommand {
    static var page: HelpPage { get }
}

/// A command and the words that call it, such as `state export`.
struct DocumentedCommand {
    var words: String
    var type: any Documented.Type

    /// In the order of the overview.
    static let all = [
        DocumentedCommand(words: "serve", type: Serve.self), DocumentedCommand(words: "once", type: Once.self),
        DocumentedCommand(words: "check-config", type: CheckConfig.self),
        DocumentedCommand(words: "demo", type: Demo.self), DocumentedCommand(words: "status", type: Status.self),
        DocumentedCommand(words: "explain", type: Explain.self), DocumentedCommand(words: "report", type: Report.self),
        DocumentedCommand(words: "forget", type: Forget.self),
        DocumentedCommand(words: "healthcheck", type: HealthCheck.self),
        DocumentedCommand(words: "state export", type: StateExport.self),
        DocumentedCommand(words: "state import", type: StateImport.self),
        DocumentedCommand(words: "simulate", type: Simulate.self),
    ]

    var purpose: String { type.configuration.abstract }

    var sections: [HelpPage.Section] {
        let page = type.page
        return page.sections + HelpOptions.sections(of: type) + page.notes + [page.exitCodes]
    }

    /// The whole help.
    var text: String {
        let forms = type.page.usage.map { "  \(Main.name) \(words) \($0)".trimmedAtEnd }
        let examples = type.page.examples.map { "  \($0)" }
        let parts = [[purpose], ["USAGE"] + forms] + sections.map(HelpText.lines) + [["EXAMPLES"] + examples]
        return parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }
}
