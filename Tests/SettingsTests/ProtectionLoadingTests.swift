import Backups
import History
import Northflank
import TestSupport
import Testing

@testable import Settings

/// What a configuration of protection leads to: places, secrets and zones.
struct ProtectionLoadingTests {
    @Test("the history is at the configured path, else at the platform's default")
    func historyLocation() {
        func location(_ path: String?, _ environment: [String: String] = [:]) -> HistoryLocation {
            var configuration = Configuration(accounts: [])
            configuration.state.path = path
            return ConfigurationLoader(configuration: configuration, environment: environment)
                .historyLocation(configuration)
        }
        #expect(location("/a/b", ["STATE_DIRECTORY": "/s"]) == .file("/a/b"))
        #expect(location(":memory:", ["STATE_DIRECTORY": "/s"]) == .memory)
        #expect(location(nil, ["STATE_DIRECTORY": "/s", "HOME": "/h"]) == .file("/s/history.sqlite"))
        #expect(location(nil) == .memory)
    }

    @Test("secrets of webhooks are loaded by account")
    func webhookTokens() throws {
        var accounts = ["a", "b", "c"].map { name in
            var account = AccountConfiguration(token: .environment("T"))
            account.name = name
            return account
        }
        accounts[0].webhookToken = .environment("W")
        accounts[2].webhookToken = .environment("T")
        let loader = ConfigurationLoader(
            configuration: Configuration(accounts: accounts), environment: ["T": "t", "W": "w"])
        #expect(try loader.load().webhookTokens.mapValues { $0.current() } == ["a": Secret("w"), "c": Secret("t")])
        let without = ConfigurationLoader(configuration: Configuration(accounts: accounts), environment: ["T": "t"])
        #expect(throws: ConfigurationError.self) { try without.load() }
    }

    @Test(
        "zones have their offsets, also across a change of clocks",
        arguments: [
            ("UTC", "2027-07-01T00:00:00Z", 0), ("Europe/Berlin", "2027-01-15T00:00:00Z", 3600),
            ("Europe/Berlin", "1949-10-02T00:59:59.999Z", 7200), ("Europe/Berlin", "2027-03-28T00:59:59.999Z", 3600),
            ("Europe/Berlin", "2027-03-28T01:00:00Z", 7200),
            ("Asia/Kolkata", "2027-01-15T00:00:00Z", 19_800), ("America/St_Johns", "2027-01-15T00:00:00Z", -12_600),
            ("nowhere", "2027-01-15T00:00:00Z", 0),
        ])
    func zones(name: String, instant: String, offset: Int) {
        #expect(TimeZones.zone(name).offset(time(instant)) == offset)
    }
}
