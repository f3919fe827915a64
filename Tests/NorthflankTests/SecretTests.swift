import Testing

@testable import Northflank

@Suite struct SecretTests {
    private static let secret = Secret("nf-s3cret")

    @Test("a token is not printed in any way")
    func printing() {
        let request = HTTPRequest(url: "https://h/", token: Self.secret)
        var dumped = ""
        dump(request, to: &dumped)
        dump(Self.secret, to: &dumped)
        let texts = [
            "\(Self.secret)", String(describing: Self.secret), String(reflecting: Self.secret),
            "\(Optional(Self.secret) as Any)", "\([Self.secret])", "\(["k": Self.secret])", "\(request)",
            String(reflecting: request), "\(Mirror(reflecting: Self.secret).children.map { "\($0)" })", dumped,
        ]
        for text in texts { #expect(!text.contains("s3cret")) }
        #expect("\(Self.secret)" == "<redacted>")
    }

    @Test func revealing() {
        #expect(Self.secret.reveal() == "nf-s3cret")
        #expect(Self.secret == Secret("nf-s3cret"))
        #expect(Self.secret != Secret("other"))
    }

    @Test(
        "redacting removes the token wherever it is",
        arguments: [
            ("", ""), ("fine", "fine"), ("nf-s3cret", "<redacted>"), ("a nf-s3cret b", "a <redacted> b"),
            ("nf-s3cretnf-s3cret", "<redacted><redacted>"), ("Bearer nf-s3cret", "Bearer <redacted>"),
            ("nf-s3cre", "nf-s3cre"), ("\"nf-s3cret\"\n", "\"<redacted>\"\n"),
        ])
    func redacting(text: String, redacted: String) {
        #expect(Self.secret.redact(from: text) == redacted)
    }

    @Test("a combining character after the token does not hide it")
    func combining() {
        #expect(!Self.secret.redact(from: "x nf-s3cret\u{301}").utf8.elementsEqual("x nf-s3cret\u{301}".utf8))
    }

    @Test func emptySecret() {
        #expect(Secret("").redact(from: "text") == "text")
    }
}
