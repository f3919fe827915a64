import ArgumentParser
import Northflank

struct Forget: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Confirm that an addon was deleted on purpose.",
        discussion: """
            Tells a running exporter that an addon in the state gone is not missed, so that its alert ends. The exporter \
            must run with --web.enable-lifecycle. Exits with 0 if the addon is forgotten, else with 2.
            """)

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
