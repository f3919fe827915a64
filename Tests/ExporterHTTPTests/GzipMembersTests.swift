import Testing

@testable import ExporterHTTP

@Suite struct GzipMembersTests {
    private let members = GzipMembers()
    private let piece = [UInt8](repeating: 0x61, count: 50_000)

    /// Whether two members are one in memory, so that the second was not compressed.
    private func isKept(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first.withUnsafeBytes { first in second.withUnsafeBytes { first.baseAddress == $0.baseAddress } }
    }

    @Test("the member of an unchanged piece is kept")
    func unchanged() {
        let first = members.member(of: piece, at: 3)
        #expect(gunzip(first) == piece)
        // Other bytes in memory with the same content.
        #expect(isKept(first, members.member(of: piece.map { $0 }, at: 3)))
    }

    @Test("a piece with one other byte, or of another length, is compressed anew", arguments: [0, 1, 25_000, 49_999])
    func changed(position: Int) {
        let first = members.member(of: piece, at: 0)
        var other = piece
        other[position] = 0x62
        let second = members.member(of: other, at: 0)
        #expect(gunzip(second) == other)
        #expect(isKept(second, members.member(of: other, at: 0)))
        let shorter = Array(piece.prefix(position))
        #expect(gunzip(members.member(of: shorter, at: 0)) == shorter)
        #expect(!isKept(first, members.member(of: piece, at: 0)))
    }

    @Test("a changed piece leaves the members of the other places")
    func places() {
        let first = (0..<4).map { members.member(of: piece, at: $0) }
        for (one, other) in [(0, 1), (1, 2), (2, 3)] { #expect(!isKept(first[one], first[other])) }
        _ = members.member(of: [0x62], at: 1)
        for place in [0, 2, 3] { #expect(isKept(first[place], members.member(of: piece, at: place))) }
    }

    @Test("the end of a page forgets what was after it")
    func forget() {
        let first = (0..<4).map { members.member(of: piece, at: $0) }
        members.forget(from: 2)
        members.forget(from: 9)
        for place in 0..<4 { #expect(isKept(first[place], members.member(of: piece, at: place)) == (place < 2)) }
    }
}
