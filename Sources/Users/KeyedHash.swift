import COpenSSL

/// HMAC-SHA-256 with a random key that never leaves the process: what it gives tells nothing about a password.
struct KeyedHash {
    typealias Tag = [UInt8]

    private let key: [UInt8]

    init() {
        var random = SystemRandomNumberGenerator()
        key = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    /// The tag of a list of texts; lists that differ in any way have different tags.
    func tag(_ texts: String...) -> Tag {
        var message: [UInt8] = []
        for text in texts {
            // The length first: "a", "bc" is not "ab", "c".
            message += (0..<8).map { UInt8(truncatingIfNeeded: text.utf8.count >> ($0 * 8)) }
            message += text.utf8
        }
        var tag = [UInt8](repeating: 0, count: 32)
        let result = unsafe HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &tag, nil)
        precondition(unsafe result != nil, "out of memory")
        return tag
    }
}
