import Testing

@testable import ExporterHTTP

@Suite struct GzipPiecesTests {
    private let pieces = GzipPieces()
    private let bytes = [UInt8](repeating: 0x61, count: 50_000)

    /// Whether two pieces are one in memory, so that the second was not compressed.
    private func isKept(_ first: Gzip.Piece, _ second: Gzip.Piece) -> Bool {
        first.blocks.withUnsafeBytes { first in second.blocks.withUnsafeBytes { first.baseAddress == $0.baseAddress } }
    }

    private func gunzipped(_ piece: Gzip.Piece) -> [UInt8]? {
        var gzip = Gzip()
        gzip.add(piece)
        return gunzip(Gzip.header + piece.blocks + gzip.trailer)
    }

    @Test("an unchanged piece is kept")
    func unchanged() {
        let first = pieces.piece(of: bytes, at: 3)
        #expect(gunzipped(first) == bytes)
        // Other memory with the same bytes.
        #expect(isKept(first, pieces.piece(of: bytes.map { $0 }, at: 3)))
    }

    @Test("a piece with one other byte, or of another length, is compressed anew", arguments: [0, 1, 25_000, 49_999])
    func changed(position: Int) {
        let first = pieces.piece(of: bytes, at: 0)
        var other = bytes
        other[position] = 0x62
        let second = pieces.piece(of: other, at: 0)
        #expect(gunzipped(second) == other)
        #expect(isKept(second, pieces.piece(of: other, at: 0)))
        let shorter = Array(bytes.prefix(position))
        #expect(gunzipped(pieces.piece(of: shorter, at: 0)) == shorter)
        #expect(!isKept(first, pieces.piece(of: bytes, at: 0)))
    }

    @Test("a changed piece leaves those of the other places")
    func places() {
        let first = (0..<4).map { pieces.piece(of: bytes, at: $0) }
        for (one, other) in [(0, 1), (1, 2), (2, 3)] { #expect(!isKept(first[one], first[other])) }
        _ = pieces.piece(of: [0x62], at: 1)
        for place in [0, 2, 3] { #expect(isKept(first[place], pieces.piece(of: bytes, at: place))) }
    }

    @Test("the end of a page forgets what was after it")
    func forget() {
        let first = (0..<4).map { pieces.piece(of: bytes, at: $0) }
        pieces.forget(from: 2)
        pieces.forget(from: 9)
        for place in 0..<4 { #expect(isKept(first[place], pieces.piece(of: bytes, at: place)) == (place < 2)) }
    }
}
