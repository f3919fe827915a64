import Testing

@testable import Exposition

@Suite struct NegotiationTests {
    /// What Prometheus sends, by version.
    static let prometheus242 =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
    static let prometheus253 =
        "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
    static let prometheus312 =
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
        + "application/openmetrics-text;version=0.0.1;q=0.5,"
        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
    static let protobuf =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"

    @Test("content types are those of the specifications")
    func contentTypes() {
        #expect(ExpositionFormat.text.contentType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            ExpositionFormat.openMetrics.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8")
    }

    @Test(
        "OpenMetrics where it is wanted most",
        arguments: [
            prometheus242, prometheus253, prometheus312,
            "\(protobuf);q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3",
            "\(protobuf),\(prometheus253)",
            "application/openmetrics-text",
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
            #"application/openmetrics-text; version="1.0.0""#,
            "APPLICATION/OpenMetrics-Text; Version=1.0.0",
            " application/openmetrics-text ;\tversion = 1.0.0 ; q = 1 ", "\tapplication/openmetrics-text\t",
            // A tie.
            "text/plain,application/openmetrics-text", "*/*;q=0.5,application/openmetrics-text;q=0.5",
            // Our version counts, at its own quality.
            "application/openmetrics-text;version=0.0.1;q=0.1,application/openmetrics-text;q=0.5,text/plain;q=0.2",
        ])
    func openMetrics(accept: String) {
        #expect(ExpositionFormat(accept: accept) == .openMetrics)
    }

    @Test(
        "text everywhere else",
        arguments: [
            nil, "", " ", ",", ",,;", "*/*", "text/*", "text/plain", "text/plain;version=0.0.4", "text/html",
            "application/json", protobuf, "garbage", "application/openmetrics-text;q=0", "*/*;q=0",
            "application/openmetrics-text;version=0.0.1", "application/openmetrics-text;version=2.0.0",
            "application/openmetrics-text;\tversion=2.0.0", "application/openmetrics-text; version=2.0.0",
            "application/openmetrics-text;version=\"2.0.0\"",
            "text/plain,application/openmetrics-text;q=0.9", "*/*,application/openmetrics-text;q=0.9",
            // A quality that cannot be read promises nothing.
            "application/openmetrics-text;q=high", "application/openmetrics-text;q=2",
            "application/openmetrics-text;q=-1", "application/openmetrics-text;q=nan",
            // A browser.
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        ])
    func text(accept: String?) {
        #expect(ExpositionFormat(accept: accept) == .text)
    }

    @Test(
        "gzip when asked for",
        arguments: [
            "gzip", "GZIP", "x-gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8, *;q=0.1", "*", "gzip;q=0.001",
            " gzip ; q=1 ", "identity;q=0.5, *;q=0.1", "gzip;q=1, *;q=0",
        ])
    func gzip(acceptEncoding: String) {
        #expect(ExpositionFormat.acceptsGzip(acceptEncoding))
    }

    @Test(
        "and not otherwise",
        arguments: [
            nil, "", "identity", "deflate", "br, zstd", "gzip;q=0", "gzip;q=0.0", "*;q=0", "gzip;q=0, *",
            "gzip;q=x", "gzipped", "not gzip",
        ])
    func identity(acceptEncoding: String?) {
        #expect(!ExpositionFormat.acceptsGzip(acceptEncoding))
    }
}
