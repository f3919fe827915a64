import ArgumentParser
import Northflank

struct Forget: AsyncParsableCommand, Documented {
    static let configuration = CommandConfiguration(
        abstract: "Confirm that an addon was deleted on purpose.")

    static let page = HelpPage(
        usage: ["ACCOUNT/PROJECT/ADDON [options]"],
        notes: [
            .init(
                "NOTES",
                texts: [
                    "The addon's state gone and its alert end. The exporter must run with --web.enable-lifecycle."
                ])
        ],
        codes: [
            "0": "the addon is forgotten", "2": "it is not gone, or no exporter answers, or the exporter refuses",
        ],
        examples: [
            "northflank-backup-exporter forget acme/billing/billing-archive",
            "northflank-backup-exporter forget acme/billing/billing-archive \\",
            "  --url http://127.0.0.1:9975",
        ])

    @OptionGroup var client: ClientOptions

    @Argument(help: ArgumentHelp("The addon as account/project/addon.", valueName: "addon"))
    var addon: String

    func run() async throws {
        do {
            let body = try await client.server().post("/-/forget?addon=\(addon.percentEncoded)")
            try StandardOutput.write(String(decoding: body, as: UTF8.self))
        } catch let problem as OwnServer.Problem {
            StandardError.write("\(problem)\n")
            throw ExitCode(2)
        }
    }
}
