import CZlib

/// The frame of a gzip file (RFC 1952) with one member, of which the pieces are compressed one by one.
///
/// One member and not one for each piece, because not all clients read a second one: curl does not, and reports no
/// error.
struct Gzip: Sendable {
    /// What the file begins with: deflate, no flags, no time, the fastest algorithm, an unknown system.
    static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 4, 255]
    /// A last block without content, where the pieces have blocks that are not the last.
    private static let lastBlock: [UInt8] = [3, 0]

    /// Some bytes, compressed without a look at the bytes before them.
    struct Piece: Sendable {
        /// Whole blocks of deflate, to the end of a byte.
        let blocks: [UInt8]
        /// The CRC-32 of the bytes.
        let checksum: UInt
        /// The number of the bytes.
        let count: Int
    }

    private var checksum: UInt = 0
    private var count = 0

    /// Takes the next piece into the checksum and the length.
    mutating func add(_ piece: Piece) {
        checksum = crc32_combine(checksum, piece.checksum, piece.count)
        count += piece.count
    }

    /// What the file ends with, after all pieces.
    var trailer: [UInt8] {
        var trailer = Self.lastBlock
        for number in [UInt32(truncatingIfNeeded: checksum), UInt32(truncatingIfNeeded: count)] {
            for shift in stride(from: 0, to: 32, by: 8) { trailer.append(UInt8(truncatingIfNeeded: number >> shift)) }
        }
        return trailer
    }
}
