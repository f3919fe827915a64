import ArgumentParser
import Backups
import Fleet
import FoundationEssentials
import History
import Northflank
import Settings

struct State: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Back up and move the history.",
        subcommands: [StateExport.self, StateImport.self])
}

/// Options about the place of the history.
struct StateOptions: ParsableArguments {
    @Option(
        name: .customLong("state.path"),
        help: ArgumentHelp(
            "File of the history (default: that of the exporter)", valueName: "file"))
    var path: String?

    @Option(
        name: .customLong("config.file"),
        help: ArgumentHelp("Configuration that says where the history is", valueName: "file"))
    var configFile: String?

    /// - Throws: `ExitCode` after a message, if the configuration is wrong.
    func location() throws -> HistoryLocation {
        if let path { return HistoryLocation(path: path) }
        let environment = ProcessInfo.processInfo.environment
        guard let configFile else {
            let path = environment[Configuration.Variable.statePath].flatMap { $0.isEmpty ? nil : $0 }
            return path.map(HistoryLocation.init(path:)) ?? .standard(environment: environment)
        }
        return try exiting { () throws(ConfigurationError) in
            let loader = ConfigurationLoader(file: configFile, environment: environment)
            return loader.historyLocation(try loader.loadText())
        }
    }

    /// The file of the history.
    ///
    /// - Throws: `ExitCode` after a message, if the history is in memory.
    func file() throws -> String {
        guard case .file(let path) = try location() else {
            throw failed("the history is in memory; name its file with --state.path")
        }
        return path
    }
}

/// The exit code of these commands after a message.
func failed(_ message: String) -> ExitCode {
    StandardError.write("\(message)\n")
    return ExitCode(2)
}

extension Timestamp {
    /// Now, by the machine's clock.
    static var now: Timestamp { SystemTime.system.wall }
}

extension Int {
    /// Bytes for people, such as `12.3 MB`.
    var megabytes: String {
        let tenths = (self + 50_000) / 100_000
        return "\(tenths / 10).\(tenths % 10) MB"
    }
}
