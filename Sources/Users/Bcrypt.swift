import CCrypt
import COpenSSL
import Glibc

/// The system's bcrypt.
enum Bcrypt {
    /// Of a hash in text form: `$2y$10$`, 22 characters of salt, 31 of the hash itself.
    private static let length = 60
    private static let digestLength = 31

    /// Whether a password has a hash. Takes as long as the hash's cost says, whatever the answer; blocks the thread.
    ///
    /// As always with bcrypt, only the first 72 bytes of the password count.
    static func matches(_ password: String, _ hash: String) -> Bool {
        let size = MemoryLayout<crypt_data>.size
        let data = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: MemoryLayout<Int>.alignment)
        unsafe data.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        defer {
            // What bcrypt computes from the password stays there otherwise.
            unsafe explicit_bzero(data, size)
            unsafe data.deallocate()
        }
        guard
            hash.utf8.count == length,
            let result = unsafe crypt_rn(password, hash, data, Int32(size)), unsafe strlen(result) == length
        else { return false }
        // Only the hash itself: in the salt's last character, four bits do not count, and programs write them differently.
        let expected = Array(hash.utf8.suffix(digestLength))
        return unsafe CRYPTO_memcmp(result + (length - digestLength), expected, digestLength) == 0
    }
}
