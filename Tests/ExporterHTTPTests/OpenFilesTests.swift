import Testing

@testable import ExporterHTTP

@Suite struct OpenFilesTests {
    @Test(
        "connections are as many as configured, unless few files may be open",
        arguments: [
            (256, 1024, 256), (256, 352, 256), (256, 351, 255), (256, 100, 4), (256, 40, 1), (256, -1, 256),
            (65_536, 65_536, 65_440),
        ])
    func limit(_ wanted: Int, _ files: Int, _ limit: Int) {
        #expect(OpenFiles.connections(wanted: wanted, files: files) == limit)
    }
}
