import Testing

@testable import ExporterHTTP

@Suite struct HTTPDateTests {
    @Test(
        "dates look as RFC 9110 shows them",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_800_000_000, "Fri, 15 Jan 2027 08:00:00 GMT"),
        ])
    func form(_ seconds: Int, _ text: String) { #expect(HTTPDate.text(seconds) == text) }
}
