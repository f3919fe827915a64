import ArgumentParser
import Settings

struct CheckConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check the configuration and print what it costs in requests.",
        discussion: "Sends nothing. Exits with 2 if something is wrong with the configuration.")

    @OptionGroup var config: ConfigOptions
    @Flag(
        help: "Do not look at the files and variables that it names, such as those of tokens, which may be elsewhere.")
    var syntaxOnly = false
    @OptionGroup var logging: LogOptions

    func run() throws {
        let loader = config.loader(log: logging.logger())
        let configuration = try exiting { () throws(ConfigurationError) in
            try syntaxOnly ? loader.loadText() : loader.load().configuration
        }
        try StandardOutput.write(CostReport.text(configuration, source: config.file ?? "environment") + "\n")
    }
}
