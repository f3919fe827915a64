import ArgumentParser

struct HealthCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck",
        abstract: "Ask a running exporter whether it works.",
        discussion: """
            For containers, which have no other program to ask with. Exits with 0 if it answers and goes on polling, \
            else with 1.
            """)

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
