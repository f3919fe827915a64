/// One of several exporters that divide a fleet among them, so that every addon is watched by exactly one.
///
/// By rendezvous hashing: each shard draws a number for an addon, and the highest has it. So an addon only ever moves
/// to a shard that is new, or from one that is gone, and no shard has to know of another. The numbers depend on
/// nothing but the addon's key and the index, on any machine and in any version.
package struct Shard: Hashable, Sendable, CustomStringConvertible {
    /// The only shard of a fleet that is not divided.
    package static let whole = Shard(index: 0, of: 1)

    /// From 0.
    package let index: Int
    /// How many shards there are; 1 or more.
    package let count: Int

    /// - Parameter index: from 0 to `count - 1`.
    package init(index: Int, of count: Int) {
        precondition((0..<count).contains(index))
        self.index = index
        self.count = count
    }

    /// Whether the fleet is divided at all.
    package var isPart: Bool { count > 1 }

    /// Such as `1 of 3`.
    package var description: String { "\(index) of \(count)" }

    /// Whether this is the shard that watches the addon.
    package func owns(_ key: AddonKey) -> Bool {
        !isPart || Self.owner(of: key, among: count) == index
    }

    /// The index of the shard that watches the addon, of so many.
    package static func owner(of key: AddonKey, among count: Int) -> Int {
        let hash = hash(key)
        // Of equal draws, which do not happen, the first index has it.
        return (0..<count).max { (draw(hash, $0), $1) < (draw(hash, $1), $0) } ?? 0
    }

    private static func draw(_ hash: UInt64, _ index: Int) -> UInt64 { mixed(hash ^ mixed(UInt64(index) &+ 1)) }

    /// FNV-1a over the names, each with an end that no name has.
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
