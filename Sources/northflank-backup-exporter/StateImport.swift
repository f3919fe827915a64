import ArgumentParser
import Backups
import History

struct StateImport: AsyncParsableCommand, Documented {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Replace the history by such a copy.")

    static let page = HelpPage(
        usage: ["FILE [options]"],
        notes: [
            .init(
                "NOTES",
                texts: [
                    "Stop the exporter first. The file is checked as a whole before anything changes, and the "
                        + "earlier history is kept beside the new one under a name with the date. A file of an earlier "
                        + "version is brought to this one."
                ])
        ],
        codes: ["0": "the history is replaced", "2": "nothing is imported; the history stays as it was"],
        examples: [
            "northflank-backup-exporter state import history-copy.sqlite",
            "northflank-backup-exporter state import history-copy.sqlite \\",
            "  --config.file /etc/northflank-backup-exporter/config.yml",
        ])

    @Argument(help: ArgumentHelp("The file to import; it stays as it is", valueName: "file"))
    var source: String

    @OptionGroup var state: StateOptions

    func run() async throws {
        let path = try state.file()
        let message: String
        do throws(HistoryImport.Failure) {
            let result = try HistoryImport.run(from: source, to: path, now: .now)
            let kept = result.kept.map { "; the earlier history is in \($0)" } ?? ""
            message = "\(result.addons) addons imported into \(result.path)\(kept)\n"
        } catch {
            throw failed("\(error)")
        }
        try StandardOutput.write(message)
    }
}
