import Testing

@testable import ExporterHTTP

@Suite struct OpenFilesTests {
    @Test(
        "connections are as many as configured, unless few files may be open",
        arguments: [
            (256, 1024, 8, 256), (256, 376, 8, 256), (256, 375, 8, 255), (256, 128, 8, 8), (256, 127, 8, nil),
            (256, -1, 8, 256), (256, 1024, 440, 40),
        ] as [(Int, Int, Int, Int?)])
    func limit(_ wanted: Int, _ files: Int, _ requests: Int, _ limit: Int?) {
        #expect(OpenFiles.connections(wanted: wanted, files: files, requests: requests) == limit)
    }

    @Test("the lowest limit is told")
    func needed() { #expect(OpenFiles.needed(requests: 8) == 128) }
}
