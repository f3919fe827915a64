import Hummingbird
import HummingbirdTesting
import Settings
import Synchronization
import Testing

@testable import ExporterHTTP

@Suite struct ReloadTests {
    @Test(
        "without the option a reload is forbidden, and the response names the option",
        arguments: [.post, .put] as [HTTPRequest.Method])
    func off(method: HTTPRequest.Method) async throws {
        let response = try await Served().ask(method, "/-/reload")
        #expect(response.status == .forbidden)
        #expect(response.text == "Reloading over HTTP is off; start with --web.enable-lifecycle, or send SIGHUP.\n")
    }

    @Test("a good configuration", arguments: [.post, .put] as [HTTPRequest.Method])
    func good(method: HTTPRequest.Method) async throws {
        let reloads = Atomic(0)
        let served = Served(reload: {
            reloads.add(1, ordering: .relaxed)
            return nil
        })
        let response = try await served.ask(method, "/-/reload")
        #expect(response.status == .ok)
        #expect(response.text == "The configuration is reloaded.\n")
        #expect(reloads.load(ordering: .relaxed) == 1)
    }

    @Test("a bad configuration gives all problems")
    func bad() async throws {
        let served = Served(reload: {
            ConfigurationError([
                ConfigurationProblem(file: "a.yml", line: 1, key: "poll", message: "is wrong"),
                ConfigurationProblem(file: "a.yml", line: 2, key: "accounts", message: "is <b>wrong</b>"),
            ])
        })
        let response = try await served.ask(.post, "/-/reload")
        #expect(response.status == .internalServerError)
        #expect(
            response.text == """
                The old configuration stays in force:
                a.yml:1: poll: is wrong
                a.yml:2: accounts: is <b>wrong</b>

                """)
        #expect(response.headers[.contentType] == "text/plain; charset=utf-8")
    }

    @Test("a GET does not reload", arguments: [.get, .head, .delete, .options] as [HTTPRequest.Method])
    func looking(method: HTTPRequest.Method) async throws {
        let reloads = Atomic(0)
        let served = Served(reload: {
            reloads.add(1, ordering: .relaxed)
            return nil
        })
        #expect(try await served.ask(method, "/-/reload").status == .methodNotAllowed)
        #expect(reloads.load(ordering: .relaxed) == 0)
    }
}
