import ArgumentParser

struct HealthCheck: AsyncParsableCommand, Documented {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck",
        abstract: "Exit with 0 if the exporter works.")

    static let page = HelpPage(
        usage: ["[options]"], codes: ["0": "the exporter answers and goes on polling", "1": "it does not"],
        examples: [
            "northflank-backup-exporter healthcheck",
            "northflank-backup-exporter healthcheck --url http://127.0.0.1:9975",
        ])

    @OptionGroup var client: ClientOptions

    func run() async throws {
        do throws(OwnServer.Problem) {
            _ = try await client.server().get("/-/healthy")
        } catch {
            StandardError.write("\(error)\n")
            throw ExitCode.failure
        }
    }
}
