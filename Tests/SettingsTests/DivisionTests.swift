import Backups
import Northflank
import Testing

@testable import Settings

/// A configuration of which each shard takes its part.
@Suite struct DivisionTests {
    private static func load(_ index: Int, of count: Int) throws -> LoadedConfiguration {
        let addons = (0..<40).map { "shop/addon-\($0)" }.joined(separator: ",")
        return try ConfigurationLoader(
            file: nil, environment: ["NORTHFLANK_API_TOKEN": "nf-1", "NORTHFLANK_ADDONS": addons],
            shards: ShardSettings(count: "\(count)", index: "\(index)", address: "x-{index}:1")
        ).load()
    }

    @Test("the shards' addons are all of them, each once", arguments: [1, 2, 3, 8])
    func explicit(count: Int) throws {
        let parts = try (0..<count).map { try Self.load($0, of: count).configuration.accounts[0].addons }
        #expect(parts.joined().map(\.addon).sorted() == (0..<40).map { "addon-\($0)" }.sorted())
        #expect(parts.allSatisfy { $0.count < 40 } || count == 1)
    }

    @Test("discovery is divided")
    func discovered() throws {
        var account = AccountConfiguration(token: .environment("T"))
        account.discovery.enabled = true
        var parts = [Configuration(accounts: [account]), Configuration(accounts: [account])]
        for index in 0..<2 { parts[index].divide(Shard(index: index, of: 2)) }
        for number in 0..<40 {
            let key = AddonKey(account: "default", project: "shop", addon: "addon-\(number)")
            let owner = Shard.owner(of: key, among: 2)
            #expect(parts.map { $0.accounts[0].discovers(key, type: "redis", tags: []) } == [owner == 0, owner == 1])
        }
    }

    @Test("each spends its part of the budget, and check-config says so")
    func costs() throws {
        let loaded = try Self.load(1, of: 4)
        let account = loaded.configuration.accounts[0]
        #expect(RequestCost(account: account, poll: .init()).allowance == 125)
        let report = CostReport.text(loaded.configuration, source: "environment", now: .distantPast).split(
            separator: "\n")
        #expect(report[1] == "shard 1 of 4: the figures are those of this shard alone")
        #expect(
            report.contains(
                "  125 requests an hour are allowed by budget_share 0.5 of the default limit of 1000, "
                    + "divided among 4 shards"))
        #expect(loaded.shardAddresses == ["x-0:1", "x-1:1", "x-2:1", "x-3:1"])
    }

    @Test("wrong numbers are a problem of the configuration")
    func problems() {
        #expect(
            throws: ConfigurationError([
                ConfigurationProblem(
                    key: "--shard.index", message: "not set; expected a number from 0 to 1, or ordinal")
            ])
        ) {
            _ = try ConfigurationLoader(
                file: nil, environment: ["NORTHFLANK_API_TOKEN": "nf-1"], shards: ShardSettings(count: "2")
            ).load()
        }
    }
}
