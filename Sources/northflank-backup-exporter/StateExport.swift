import ArgumentParser
import Backups
import Glibc
import History
import Settings

struct StateExport: AsyncParsableCommand, Documented {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a copy of the history to a file.")

    static let page = HelpPage(
        usage: ["FILE [options]"],
        notes: [
            .init(
                "NOTES",
                texts: [
                    "The running exporter makes the copy and goes on polling; it must run with "
                        + "--web.enable-lifecycle. If no exporter runs there, or with --state.path, the file of the "
                        + "history itself is copied."
                ])
        ],
        codes: ["0": "the copy is written", "2": "there is no copy; an earlier file stays as it was"],
        examples: [
            "northflank-backup-exporter state export history-copy.sqlite",
            "northflank-backup-exporter state export history-copy.sqlite \\",
            "  --state.path /var/lib/northflank-backup-exporter/history.sqlite",
        ])

    @Argument(help: ArgumentHelp("Where to write the copy", valueName: "file"))
    var file: String

    @OptionGroup var state: StateOptions
    @OptionGroup var client: ClientOptions

    func run() async throws {
        do {
            try ExportDraft.check(file, copyOf: state.path)
            let draft = try ExportDraft(for: file)
            if let bytes = try await fromExporter() {
                try draft.write(bytes)
            } else {
                let history = try state.file()
                try ExportDraft.check(file, copyOf: history)
                let progress = ProgressLine()
                defer { progress.end() }
                let copy = try History.copy(ofFile: history, beside: file)
                var position = 0
                while position < copy.size {
                    let bytes = try copy.bytes(at: position, count: 1 << 20)
                    try draft.write(bytes)
                    position += bytes.count
                    progress.show(Self.text(position, of: copy.size))
                }
            }
            let addons = try History.readOnly(path: draft.path, now: .now).keys(at: .now).count
            let bytes = try draft.finish()
            try StandardOutput.write("\(addons) addons exported to \(file) (\(bytes.megabytes))\n")
        } catch let code as ExitCode {
            throw code
        } catch {
            throw failed("\(error)")
        }
    }

    /// The copy that the running exporter makes; nil if the file itself is to be copied.
    private func fromExporter() async throws -> [UInt8]? {
        if state.path != nil { return nil }
        let server = try client.server()
        let progress = ProgressLine()
        defer { progress.end() }
        do throws(OwnServer.Problem) {
            return try await server.getLarge("/api/state") { progress.show(Self.text($0, of: $1)) }
        } catch {
            // Another exporter that was named, and that does not run, has another history.
            guard error.isAbsent, server.settings.url == ClientSettings.defaultURL,
                case .file(let path) = try state.location(), unsafe access(path, F_OK) == 0
            else { throw error }
            return nil
        }
    }

    /// - Parameter total: negative if it is not known.
    private static func text(_ bytes: Int, of total: Int) -> String {
        "state export: \(bytes.megabytes)" + (total > 0 ? " of \(total.megabytes)" : "")
    }
}
