import Testing

@testable import ExporterHTTP

@Suite struct ListenAddressTests {
    @Test(
        "addresses as Prometheus writes them",
        arguments: [
            (":9974", "", 9974), (":0", "", 0), (":65535", "", 65535), ("127.0.0.1:9974", "127.0.0.1", 9974),
            ("0.0.0.0:80", "0.0.0.0", 80), ("localhost:9974", "localhost", 9974),
            ("exporter.example.com:9974", "exporter.example.com", 9974), ("[::1]:9974", "::1", 9974),
            ("[::]:9974", "::", 9974), ("[fe80::1%eth0]:1", "fe80::1%eth0", 1),
        ])
    func valid(text: String, host: String, port: Int) {
        let address = ListenAddress(text)
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address?.description == text)
    }

    @Test(
        "any other text is refused",
        arguments: [
            "", ":", "9974", "localhost", "localhost:", ":http", ":-1", ":+1", ":65536", ":99999999999999999999",
            ": 9974", ":9974 ", ":0x50", ":9974/", "::1:9974", "::1", "[::1]", "[::1]9974", "[::1:9974", "::1]:9974",
            "[]:9974", "[localhost]:9974", "[127.0.0.1]:9974", "a:b:1", "http://localhost:9974", ":٥",
        ])
    func invalid(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test(
        "the URL for a browser on this machine",
        arguments: [
            (":0", "http://localhost:8080"), ("0.0.0.0:0", "http://localhost:8080"),
            ("[::]:0", "http://localhost:8080"),
            ("127.0.0.1:0", "http://127.0.0.1:8080"), ("[::1]:0", "http://[::1]:8080"),
            ("example.com:0", "http://example.com:8080"),
        ])
    func url(text: String, url: String) {
        #expect(ListenAddress(text)?.url(port: 8080) == url)
    }
}
