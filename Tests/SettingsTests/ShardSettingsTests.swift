import Backups
import Testing

@testable import Settings

@Suite struct ShardSettingsTests {
    private func problem(_ settings: ShardSettings) -> String? {
        do throws(ConfigurationError) {
            _ = try settings.shard()
            _ = try settings.addresses()
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("without settings the fleet is not divided")
    func whole() throws {
        #expect(try ShardSettings().shard() == .whole)
        #expect(try ShardSettings().addresses() == nil)
        #expect(try ShardSettings(environment: ["NORTHFLANK_SHARD_COUNT": ""]).shard() == .whole)
    }

    @Test("options, variables, and an option before its variable")
    func settings() throws {
        #expect(try ShardSettings(count: "3", index: "2").shard() == Shard(index: 2, of: 3))
        let environment = [
            "NORTHFLANK_SHARD_COUNT": "4", "NORTHFLANK_SHARD_INDEX": "1",
            "NORTHFLANK_SHARD_ADDRESS": "shard-{index}:9974",
        ]
        #expect(try ShardSettings(environment: environment).shard() == Shard(index: 1, of: 4))
        #expect(try ShardSettings(index: "3", environment: environment).shard() == Shard(index: 3, of: 4))
        #expect(
            try ShardSettings(environment: environment).addresses() == [
                "shard-0:9974", "shard-1:9974", "shard-2:9974", "shard-3:9974",
            ])
    }

    @Test(
        "the ordinal of a StatefulSet's pod",
        arguments: [
            ("exporter-0", 0), ("exporter-12", 12), ("x1-7", 7), ("5", 5), ("exporter-2.team1", 2),
            ("exporter-3.exporter.ns.svc.cluster.local", 3),
        ])
    func ordinal(host: String, index: Int) throws {
        #expect(try ShardSettings(count: "13", index: "ordinal", hostName: host).shard() == Shard(index: index, of: 13))
    }

    @Test(
        "a host's name without an index",
        arguments: [
            "", "exporter", "exporter-3", "3-exporter", "x-99999999999999999999", "exporter-7b9c5-x2kd1", "exporter1",
            "exporter.team-1",
        ])
    func noOrdinal(host: String) {
        #expect(
            problem(ShardSettings(count: "3", index: "ordinal", hostName: host))
                == """
                --shard.index: the host's name "\(host)" is not of the form name-NUMBER with a number from 0 to 2; \
                name the index itself
                """)
    }

    @Test(
        "a wrong setting is named in the message",
        arguments: [
            (ShardSettings(count: "0"), "--shard.count: \"0\": expected a whole number from 1 to 1024"),
            (ShardSettings(count: "1025"), "--shard.count: \"1025\": expected a whole number from 1 to 1024"),
            (ShardSettings(count: "two"), "--shard.count: \"two\": expected a whole number from 1 to 1024"),
            (ShardSettings(count: "2"), "--shard.index: not set; expected a number from 0 to 1, or ordinal"),
            (
                ShardSettings(environment: ["NORTHFLANK_SHARD_COUNT": "2", "NORTHFLANK_SHARD_INDEX": "2"]),
                "NORTHFLANK_SHARD_INDEX: \"2\": expected a whole number from 0 to 1, or ordinal"
            ),
            (ShardSettings(index: "1"), "--shard.index: \"1\": expected a whole number from 0 to 0, or ordinal"),
            (
                ShardSettings(count: "2", index: "0", address: "shard:9974"),
                "--shard.address: \"shard:9974\": expected {index} in it, in the place of the shard's index"
            ),
        ])
    func problems(settings: ShardSettings, message: String) {
        #expect(problem(settings) == message)
    }

    @Test(
        "texts that are not addresses",
        arguments: [
            "shard-{index}", "http://shard-{index}:9974", "shard-{index}:0", "shard-{index}:x", ":9974", "a b:1",
            "shard:6553{index}x", "shard-{index}:9974:",
        ])
    func addresses(text: String) {
        #expect(
            problem(ShardSettings(count: "2", index: "0", address: text))
                == "--shard.address: \"\(text)\": expected a host and a port, such as exporter-{index}.exporter:9974")
    }

    @Test("an address of IPv6, and one for all that is not divided")
    func oddAddresses() throws {
        #expect(try ShardSettings(address: "[::1]:9974").addresses() == ["[::1]:9974"])
        #expect(
            try ShardSettings(count: "2", index: "1", address: "[fd00::{index}]:1").addresses()
                == ["[fd00::0]:1", "[fd00::1]:1"])
        #expect(
            try ShardSettings(count: "2", index: "1", address: "localhost:997{index}").addresses()
                == ["localhost:9970", "localhost:9971"])
    }
}
