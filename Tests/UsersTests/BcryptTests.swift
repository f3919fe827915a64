import Testing

@testable import Users

@Suite struct BcryptTests {
    @Test(
        "hashes of other programs",
        arguments: [
            // Test vectors of the reference implementation (crypt_blowfish).
            ("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
            ("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
            ("U*U*U", "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"),
            ("", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"),
            // Of Python's crypt.
            ("secret", "$2b$10$abcdefghijklmnopqrstuuqflPDzB6gcMhKa1rZqKiun2YGL5sa2u"),
        ])
    func vectors(password: String, hash: String) {
        #expect(Bcrypt.matches(password, hash))
        #expect(!Bcrypt.matches(password + "x", hash))
        #expect(Bcrypt.matches(password, hash.replacing("$2a", with: "$2y")))
    }

    @Test("the bits of the salt's last character that do not count do not matter")
    func saltEnd() {
        #expect(Bcrypt.matches("secret", "$2b$10$abcdefghijklmnopqrstuvqflPDzB6gcMhKa1rZqKiun2YGL5sa2u"))
        #expect(!Bcrypt.matches("secret", "$2b$10$abcdefghijklmnopqrstaaqflPDzB6gcMhKa1rZqKiun2YGL5sa2u"))
    }

    @Test(
        "what is not a bcrypt hash matches nothing",
        arguments: [
            "", "*0", "secret", "$2b$10$", "$1$abcdefgh$ZXTnZ/hFZMt3bVbyHcVQV0",
            "$2b$10$abcdefghijklmnopqrstuuqflPDzB6gcMhKa1rZqKiun2YGL5sa2",
            "$2b$99$" + String(repeating: "a", count: 53),
        ])
    func other(hash: String) {
        #expect(!Bcrypt.matches("secret", hash))
    }
}
