import ArgumentParser
import Exporter

struct CheckConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check the configuration and print what it costs in requests.",
        discussion: "Sends nothing. Exits with 2 if something is wrong with the configuration.")

    @OptionGroup var config: ConfigOptions
    @OptionGroup var logging: LogOptions

    func run() throws {
        let loader = config.loader(log: logging.logger())
        let loaded = try exiting { () throws(ConfigurationError) in try loader.load() }
        try StandardOutput.write(CostReport.text(loaded.configuration, source: config.file ?? "environment") + "\n")
    }
}
