import ArgumentParser
import ExporterHTTP
import Northflank
import Settings

struct CheckConfig: ParsableCommand, Documented {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check the configuration; print the requests it costs.")

    static let page = HelpPage(
        usage: ["[options]"],
        notes: [
            .init(
                "OUTPUT",
                texts: [
                    "The requests an hour, the policies in their order, and the policies of each listed addon. A warning "
                        + "for each policy that matches no listed addon, and for each waiver that has ended or ends "
                        + "within 7 days. Nothing is sent to Northflank."
                ])
        ],
        codes: [
            "0": "the configuration is valid; there can be warnings",
            "2": "the configuration is wrong: each mistake has its line",
        ],
        examples: [
            "northflank-backup-exporter check-config --config.file config.yml",
            "northflank-backup-exporter check-config --config.file config.yml \\",
            "  --syntax-only",
        ])

    @OptionGroup var config: ConfigOptions
    @Option(
        name: .customLong("web.config.file"),
        help: ArgumentHelp("Check this file with TLS and users, too", valueName: "file"))
    var webFile: String?
    @Flag(
        help: "Do not read the files and variables that it names")
    var syntaxOnly = false
    @OptionGroup var logging: LogOptions

    func run() throws {
        let loader = config.loader(log: logging.logger())
        let text = try exiting { () throws(ConfigurationError) in
            // Both before a line is written: what is wrong shows alone.
            let configuration = try syntaxOnly ? loader.loadText() : loader.load().configuration
            let web = try webFile.map { file throws(ConfigurationError) in
                let web = try WebConfigurationFile(path: file, readsNamedFiles: !syntaxOnly).load()
                if !syntaxOnly { try WebAccess.check(web, file: file) }
                return WebReport.text(web, source: file)
            }
            let cost = CostReport.text(
                configuration, source: config.file ?? "environment", now: SystemTime.system.wall)
            return ([cost] + (web.map { ["", $0] } ?? [])).joined(separator: "\n")
        }
        try StandardOutput.write(text + "\n")
    }
}
