/// One of several exporters that divide a fleet, so that exactly one watches each addon.
///
/// Rendezvous hashing decides: of all shards, the one with the highest hash of the addon and the shard's index watches
/// the addon. When the number of shards changes, an addon therefore moves only to a new shard or from a removed shard,
/// and shards do not communicate. The hashes depend only on the addon's key and the index, on every machine and in
/// every version.
package struct Shard: Hashable, Sendable, CustomStringConvertible {
    /// The only shard of an undivided fleet.
    package static let whole = Shard(index: 0, of: 1)

    /// From 0.
    package let index: Int
    /// The number of shards; 1 or more.
    package let count: Int

    /// - Parameter index: from 0 to `count - 1`.
    package init(index: Int, of count: Int) {
        precondition((0..<count).contains(index))
        self.index = index
        self.count = count
    }

    /// Whether the fleet is divided.
    package var isPart: Bool { count > 1 }

    /// The index and the number of shards, such as `1 of 3`.
    package var description: String { "\(index) of \(count)" }

    /// Whether this shard watches the addon.
    package func owns(_ key: AddonKey) -> Bool {
        !isPart || Self.owner(of: key, among: count) == index
    }

    /// The index of the shard that watches the addon, if there are `count` shards.
    package static func owner(of key: AddonKey, among count: Int) -> Int {
        let hash = hash(key)
        // If two hashes are equal, which is practically impossible, the lower index wins.
        return (0..<count).max { (draw(hash, $0), $1) < (draw(hash, $1), $0) } ?? 0
    }

    private static func draw(_ hash: UInt64, _ index: Int) -> UInt64 { mixed(hash ^ mixed(UInt64(index) &+ 1)) }

    /// FNV-1a over the names, each followed by a byte that does not occur in UTF-8.
    private static func hash(_ key: AddonKey) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for name in [key.account, key.project, key.addon] {
            for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        return hash
    }

    /// The finalizer of SplitMix64: every bit of the input changes half of the output.
    private static func mixed(_ word: UInt64) -> UInt64 {
        var word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
