import TestSupport
import Testing

@testable import Settings

@Suite struct WebReportTests {
    @Test(
        "what a file means",
        arguments: [
            (
                "good-empty",
                ["plain HTTP: requests and passwords are not encrypted", "no passwords: basic_auth_users is empty"]
            ),
            (
                "good-full",
                ["TLS 1.1 to 1.2, HTTP/2 too; clients need a certificate of the authorities", "2 users"]
            ),
            (
                "good-legacy-name",
                [
                    "TLS 1.2 to 1.3, HTTP/2 too; clients need a certificate, which is not checked",
                    "no passwords: basic_auth_users is empty",
                ]
            ),
            ("good-users", ["plain HTTP: requests and passwords are not encrypted", "1 user"]),
            (
                "new-rate-limit",
                [
                    "plain HTTP: requests and passwords are not encrypted", "no passwords: basic_auth_users is empty",
                    "at most 20 requests at once, and one more every 1m30s",
                ]
            ),
        ])
    func lines(file: String, lines: [String]) throws {
        let text = WebReport.text(try WebTestdata().configuration(file), source: "web.yml")
        #expect(
            text.split(separator: "\n").map(String.init)
                == ["web.yml: valid"] + lines.map { "  \($0)" })
    }

    @Test("warnings come last")
    func warnings() throws {
        let data = try WebTestdata()
        let text = WebReport.text(try data.configuration("good-suites-tls13"), source: "web.yml")
        #expect(
            text.replacing(data.directory.path + "/", with: "") == """
                web.yml: valid
                  TLS 1.3, HTTP/2 too; clients need no certificate
                  no passwords: basic_auth_users is empty
                WARNING: good-suites-tls13.yml:4: tls_server_config.cipher_suites: TLS 1.3 has its own suites always; \
                naming them changes nothing
                """)
    }
}
