@testable import Exposition

/// What `append` makes of a value.
func written(_ value: SampleValue) -> String {
    var bytes: [UInt8] = []
    bytes.append(value)
    return String(decoding: bytes, as: UTF8.self)
}

/// A page with one family.
func page(_ format: ExpositionFormat, _ family: MetricFamily, _ samples: (inout SampleWriter) -> Void) -> String {
    var writer = SampleWriter()
    samples(&writer)
    return String(decoding: family.metadata(format) + writer.bytes + format.end, as: UTF8.self)
}
