import CXXHash

/// Recognizes a sequence of bytes: a hash of 128 bits (XXH3), and the length. Two sequences with equal fingerprints are
/// the same, unless somebody has looked for two that are not: XXH3 is no protection against that.
package struct Fingerprint: Equatable, Sendable {
    private let low: UInt64
    private let high: UInt64
    private let count: Int

    /// Hashes all bytes.
    package init(of bytes: [UInt8]) {
        let hash = unsafe bytes.withUnsafeBytes { unsafe XXH3_128bits($0.baseAddress, $0.count) }
        low = hash.low64
        high = hash.high64
        count = bytes.count
    }
}
