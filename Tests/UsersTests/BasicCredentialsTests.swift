import FoundationEssentials
import Testing

@testable import Users

@Suite struct BasicCredentialsTests {
    private func credentials(_ bytes: some Sequence<UInt8>, scheme: String = "Basic ") -> BasicCredentials? {
        BasicCredentials(header: scheme + Data(bytes).base64EncodedString())
    }

    @Test(
        "names and passwords",
        arguments: [
            ("Aladdin:open sesame", "Aladdin", "open sesame"), ("test:123£", "test", "123£"), ("a:b:c", "a", "b:c"),
            ("a:", "a", ""), (":b", "", "b"), (":", "", ""), ("a:\u{301}b", "a", "\u{301}b"),
        ])
    func decoded(text: String, user: String, password: String) {
        let credentials = credentials(text.utf8)
        #expect(credentials.map { Array($0.user.utf8) } == Array(user.utf8))
        #expect(credentials.map { Array($0.password.utf8) } == Array(password.utf8))
    }

    @Test("the example of RFC 7617")
    func example() {
        let credentials = BasicCredentials(header: "Basic dGVzdDoxMjPCow==")
        #expect(credentials?.user == "test")
        #expect(credentials?.password == "123£")
    }

    @Test("the case of the scheme and the number of spaces do not matter", arguments: ["basic ", "BASIC   ", "bAsIc "])
    func scheme(scheme: String) {
        #expect(credentials("a:b".utf8, scheme: scheme)?.user == "a")
    }

    @Test(
        "what is not of this form",
        arguments: [
            "", "Basic", "Basic ", "Bearer YTpi", "BasicYTpi", "Basic\tYTpi", " Basic YTpi", "Basic YTpi ",
            "Basic YTp", "Basic YT pi", "Basic YTpi,YTpi", "Basic a:b", "Basic YWI=", "Ｂasic YTpi",
        ])
    func otherForm(header: String) {
        #expect(BasicCredentials(header: header) == nil)
    }

    @Test(
        "bytes that are no text, and control characters",
        arguments: [[0x61, 0x3A, 0xFF], [0x61, 0x3A, 0], [0x61, 0x0A, 0x3A], [0x3A, 0x7F], [0x3A, 0xC2, 0x80]]
            as [[UInt8]])
    func controls(bytes: [UInt8]) {
        #expect(credentials(bytes) == nil)
    }

    @Test("headers of more than 2048 bytes are refused")
    func long() {
        // 6 bytes of "Basic ", and 4 bytes for each 3 of the text.
        let text = "a:" + String(repeating: "b", count: 1528)
        let spaces = String(repeating: " ", count: 2)
        #expect(credentials(text.utf8, scheme: "Basic \(spaces)")?.password.count == 1528)
        #expect(credentials(text.utf8, scheme: "Basic  \(spaces)") == nil)
    }

    @Test("a password is not printed")
    func printing() {
        let credentials = credentials("alice:secret-password".utf8)
        var dump = ""
        Swift.dump(credentials, to: &dump)
        #expect(!("\(String(describing: credentials))" + dump).contains("secret"))
    }
}
