import Backups
import Northflank
import TestSupport
import Testing

@testable import Settings

@Suite struct ConfigurationLoaderTests {
    private func problems(_ loader: ConfigurationLoader) -> [String] {
        do throws(ConfigurationError) {
            _ = try loader.load()
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test("a file gives its configuration and a token for each account")
    func file() throws {
        let directory = try TemporaryDirectory()
        try directory.write("token", "nf-file\n")
        try directory.write(
            "config.yml",
            """
            accounts:
              - {name: a, token_file: \(directory.file("token"))}
              - {name: b, token_env: TOKEN}
            """)
        let loader = ConfigurationLoader(file: directory.file("config.yml"), environment: ["TOKEN": "nf-env"])
        let loaded = try loader.load()
        #expect(loaded.configuration.accounts.map(\.name) == ["a", "b"])
        #expect(loaded.tokens.map { $0.current() } == [Secret("nf-file"), Secret("nf-env")])
        // Read again each time.
        try directory.write("config.yml", "accounts: [{name: c, token_env: TOKEN}]\n")
        #expect(try loader.load().configuration.accounts.map(\.name) == ["c"])
    }

    @Test("a file's problems carry its path")
    func badFile() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("config.yml")
        try directory.write("config.yml", "accounts: [{token_env: NOBODY}]\n")
        #expect(
            problems(ConfigurationLoader(file: path, environment: [:])) == [
                "\(path):1: accounts[0].token_env: environment variable NOBODY is not set; "
                    + "expected a Northflank API token in it"
            ])
    }

    @Test("a file that does not exist, is not a file, or is not text")
    func unreadable() throws {
        let directory = try TemporaryDirectory()
        let missing = directory.file("missing.yml")
        let hint = "check --config.file and the file's permissions"
        #expect(
            problems(ConfigurationLoader(file: missing, environment: [:])) == ["\(missing): does not exist; \(hint)"])
        #expect(
            problems(ConfigurationLoader(file: directory.path, environment: [:]))
                == ["\(directory.path): is a folder; expected a file"])
        try directory.writeBytes("latin.yml", [0x61, 0xE9, 0x0A])
        let latin = directory.file("latin.yml")
        #expect(problems(ConfigurationLoader(file: latin, environment: [:])) == ["\(latin): is not UTF-8 text"])
    }

    @Test("without a file the environment is used, for the token too")
    func environment() throws {
        let loaded = try ConfigurationLoader(file: nil, environment: ["NORTHFLANK_API_TOKEN": "nf-1"]).load()
        #expect(loaded.tokens.map { $0.current() } == [Secret("nf-1")])
        #expect(
            problems(ConfigurationLoader(file: nil, environment: ["NORTHFLANK_API_TOKEN_FILE": "/nonexistent"])) == [
                "NORTHFLANK_API_TOKEN_FILE: token file /nonexistent does not exist; check the path and its permissions"
            ])
        #expect(
            problems(ConfigurationLoader(file: nil, environment: ["NORTHFLANK_API_TOKEN": "a b"])) == [
                "NORTHFLANK_API_TOKEN: environment variable NORTHFLANK_API_TOKEN holds spaces or characters that no token "
                    + "has; expected one token"
            ])
    }

    @Test("an address of shards that is none is wrong with the text too, without a look at tokens")
    func shardAddress() throws {
        let directory = try TemporaryDirectory()
        try directory.write("config.yml", "accounts: [{token_env: NOBODY}]\n")
        func loader(_ address: String) -> ConfigurationLoader {
            ConfigurationLoader(
                file: directory.file("config.yml"), environment: [:],
                shards: ShardSettings(count: "2", index: "1", address: address))
        }
        #expect(try loader("exporter-{index}:9974").loadText().accounts.map(\.shard) == [Shard(index: 1, of: 2)])
        #expect(throws: ConfigurationError.self) { try loader("exporter:9974").loadText() }
    }

    @Test("a configuration that is given is the one that is loaded")
    func fixed() throws {
        let configuration = Configuration(accounts: [AccountConfiguration(token: .environment("T"))])
        let loader = ConfigurationLoader(configuration: configuration, environment: ["T": "nf-1"])
        #expect(try loader.load().configuration == configuration)
    }
}
