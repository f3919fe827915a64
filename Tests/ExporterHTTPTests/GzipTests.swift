import Testing

@testable import ExporterHTTP

@Suite struct GzipTests {
    private static let sizes = [0, 1, 2, 255, 65_535, 65_536, 131_070, 131_071, 1_000_000]

    /// Noise does not get smaller, so that the bound of the output is put to the test.
    private static func noise(_ count: Int) -> [UInt8] {
        var state: UInt64 = 88_172_645_463_325_252
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
    }

    @Test("any bytes come back unchanged", arguments: sizes)
    func roundTrip(count: Int) {
        let gzip = Gzip()
        for bytes in [Self.noise(count), [UInt8](repeating: 0x61, count: count)] {
            let member = gzip.member(bytes)
            #expect(member.prefix(2) == [0x1F, 0x8B])
            #expect(gunzip(member) == bytes)
        }
        #expect(count < 1000 || gzip.member([UInt8](repeating: 0x61, count: count)).count < count / 50)
    }

    @Test("bytes that are stored as they are come back, too", arguments: sizes)
    func stored(count: Int) {
        let bytes = Self.noise(count)
        let member = Gzip.stored(bytes)
        let blocks = max(1, (count + 65_534) / 65_535)
        #expect(member.count == 18 + 5 * blocks + count)
        #expect(gunzip(member) == bytes)
    }

    @Test("members one after the other are the bytes of all")
    func members() {
        let gzip = Gzip()
        let file = gzip.member(Array("one\n".utf8)) + Gzip.stored(Array("two\n".utf8)) + gzip.member([])
        #expect(gunzip(file) == Array("one\ntwo\n".utf8))
    }

    @Test("many threads compress at once")
    func concurrent() async {
        let gzip = Gzip()
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let bytes = [UInt8](repeating: UInt8(number), count: 10_000 + number)
                    return gunzip(gzip.member(bytes)) == bytes
                }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}
