import Testing

@testable import ExporterHTTP

@Suite struct GzipTests {
    @Test("any bytes come back unchanged", arguments: [0, 1, 2, 255, 65_535, 65_536, 1_000_000])
    func roundTrip(count: Int) throws {
        // Noise does not get smaller, so that the bound of the output is put to the test.
        var state: UInt64 = 88_172_645_463_325_252
        let noise = (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
        for bytes in [noise, [UInt8](repeating: 0x61, count: count)] {
            let compressed = try #require(Gzip.compress(bytes))
            #expect(compressed.prefix(2) == [0x1F, 0x8B])
            #expect(gunzip(compressed, expecting: count) == bytes)
        }
    }
}
