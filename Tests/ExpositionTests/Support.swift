@testable import Exposition

/// What `append` makes of a value.
func written(_ value: SampleValue) -> String {
    var bytes: [UInt8] = []
    bytes.append(value)
    return String(decoding: bytes, as: UTF8.self)
}

/// A page with one family.
func page(_ format: ExpositionFormat, _ family: MetricFamily, _ samples: (inout SampleWriter) -> Void) -> String {
    var page = ExpositionPage(format: format)
    page.family(family) { bytes in
        var writer = SampleWriter()
        samples(&writer)
        bytes.append(contentsOf: writer.bytes)
    }
    return String(decoding: page.finish(), as: UTF8.self)
}
