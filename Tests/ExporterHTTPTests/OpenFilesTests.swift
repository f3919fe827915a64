import Testing

@testable import ExporterHTTP

@Suite struct OpenFilesTests {
    @Test("connections are as many as configured, unless few files may be open", arguments: [
        (256, 1024, 8, 256), (256, 344, 8, 256), (256, 343, 8, 255), (256, 96, 8, 8), (256, 95, 8, nil),
        (256, -1, 8, 256), (256, 1024, 900, 44),
    ] as [(Int, Int, Int, Int?)])
    func limit(_ wanted: Int, _ files: Int, _ requests: Int, _ limit: Int?) {
        #expect(OpenFiles.connections(wanted: wanted, files: files, requests: requests) == limit)
    }

    @Test("the lowest limit is told")
    func needed() { #expect(OpenFiles.needed(requests: 8) == 96) }
}
