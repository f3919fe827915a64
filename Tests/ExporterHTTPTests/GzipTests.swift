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

    /// A gzip file of pieces.
    private static func file(_ pieces: [Gzip.Piece]) -> [UInt8] {
        var gzip = Gzip()
        for piece in pieces { gzip.add(piece) }
        return Gzip.header + pieces.flatMap(\.blocks) + gzip.trailer
    }

    @Test("any bytes come back unchanged", arguments: sizes)
    func roundTrip(count: Int) {
        let compressor = PieceCompressor()
        for bytes in [Self.noise(count), [UInt8](repeating: 0x61, count: count)] {
            #expect(gunzip(Self.file([compressor.piece(bytes)])) == bytes)
        }
        #expect(count < 1000 || compressor.piece([UInt8](repeating: 0x61, count: count)).blocks.count < count / 20)
    }

    @Test("bytes that are stored as they are come back, too", arguments: sizes)
    func stored(count: Int) {
        let bytes = Self.noise(count)
        let checksum = PieceCompressor().piece(bytes).checksum
        let blocks = PieceCompressor.stored(bytes)
        #expect(blocks.count == count + 5 * ((count + 65_534) / 65_535))
        #expect(gunzip(Self.file([Gzip.Piece(blocks: blocks, checksum: checksum, count: count)])) == bytes)
    }

    @Test("pieces make one file in any order, compressed and stored")
    func pieces() {
        let compressor = PieceCompressor()
        let lines = ["one\n", "", "three\n", String(repeating: "four\n", count: 50_000), "one\n"].map { Array($0.utf8) }
        var pieces = lines.map(compressor.piece)
        pieces[2] = Gzip.Piece(
            blocks: PieceCompressor.stored(lines[2]), checksum: pieces[2].checksum, count: pieces[2].count)
        #expect(gunzip(Self.file(pieces)) == Array(lines.joined()))
        #expect(gunzip(Self.file(pieces.reversed())) == Array(lines.reversed().joined()))
        // Without a look at what was compressed before.
        #expect(pieces[0].blocks == pieces[4].blocks)
    }

    @Test("a file of nothing is a file")
    func empty() {
        #expect(gunzip(Self.file([])) == [])
    }

    @Test("many threads compress at once")
    func concurrent() async {
        let compressor = PieceCompressor()
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let bytes = [UInt8](repeating: UInt8(number), count: 10_000 + number)
                    return gunzip(Self.file([compressor.piece(bytes)])) == bytes
                }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}
