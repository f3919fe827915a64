import Exposition

/// `Accept`, a zero byte, and `Accept-Encoding`.
struct HeaderFuzzer: Fuzzer {
    func run(_ bytes: [UInt8]) {
        let values = parts(bytes).map { String(decoding: $0, as: UTF8.self) }
        let accept = values[0]
        let format = ExpositionFormat(accept: accept)
        precondition(format == .text || accept.lowercased().contains("openmetrics"), "OpenMetrics was not accepted")
        precondition(ExpositionFormat(accept: accept + ",") == format, "an empty element counts")
        guard values.count > 1 else { return }
        let encoding = values[1]
        let acceptsGzip = ExpositionFormat.acceptsGzip(encoding)
        precondition(
            !acceptsGzip || encoding.contains("*") || encoding.lowercased().contains("gzip"), "gzip was not accepted")
        precondition(ExpositionFormat.acceptsGzip(encoding + ",") == acceptsGzip, "an empty element counts")
    }
}
