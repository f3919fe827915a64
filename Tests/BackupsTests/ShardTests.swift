import Testing

@testable import Backups

/// The division of a fleet by rendezvous hashing.
struct ShardTests {
    private static let fleet = (0..<10_000).map {
        AddonKey(account: "default", project: "project-\($0 / 50)", addon: "addon-\($0)")
    }

    @Test(arguments: [1, 2, 3, 4, 7, 16, 100])
    func everyAddonIsWatchedByExactlyOneShard(count: Int) {
        let shards = (0..<count).map { Shard(index: $0, of: count) }
        for key in Self.fleet.prefix(2000) {
            #expect(shards.filter { $0.owns(key) }.map(\.index) == [Shard.owner(of: key, among: count)])
        }
    }

    @Test(arguments: [1, 2, 3, 4, 7, 15])
    func oneShardMoreTakesItsShareAndMovesNothingElse(count: Int) {
        var moved = 0
        for key in Self.fleet {
            let (before, after) = (Shard.owner(of: key, among: count), Shard.owner(of: key, among: count + 1))
            guard before != after else { continue }
            #expect(after == count, "\(key) moved between shards that both stay")
            moved += 1
        }
        // A share of 1 in count + 1, give or take five standard deviations of a fair draw; always the same number.
        let share = 1 / Double(count + 1)
        let spread = 5 * (10_000 * share * (1 - share)).squareRoot()
        #expect(abs(Double(moved) - 10_000 * share) < spread, "\(moved)")
    }

    @Test func sharesAreAboutEqual() {
        let counts = Dictionary(grouping: Self.fleet) { Shard.owner(of: $0, among: 4) }.mapValues(\.count)
        #expect(counts == [0: 2473, 1: 2427, 2: 2604, 3: 2496])
    }

    /// Another owner in another version would count everything anew; calculated by another program.
    @Test(arguments: [
        (AddonKey(account: "default", project: "shop", addon: "orders-db"), [0, 1, 1, 3, 3]),
        (AddonKey(account: "default", project: "shop", addon: "carts-cache"), [0, 0, 0, 0, 0]),
        (AddonKey(account: "acme", project: "billing", addon: "ledger-db"), [0, 0, 0, 0, 0]),
        (AddonKey(account: "acme", project: "b", addon: "illingledger-db"), [0, 1, 1, 1, 11]),
        (AddonKey(account: "", project: "", addon: ""), [0, 0, 0, 3, 3]),
    ])
    func ownersStayForEver(key: AddonKey, owners: [Int]) {
        #expect([1, 2, 3, 5, 16].map { Shard.owner(of: key, among: $0) } == owners)
    }

    @Test func theWholeOwnsEverything() {
        #expect(Self.fleet.allSatisfy(Shard.whole.owns))
    }
}
