import Fingerprint
import Synchronization

/// The compressed pieces of the latest page that was compressed.
///
/// Most pieces of a page are the same in the next one, so they are sent again. A piece is recognized by its place on the
/// page and by a hash of its bytes.
final class GzipPieces: Sendable {
    private struct Entry {
        let fingerprint: Fingerprint
        let piece: Gzip.Piece
    }

    private let compressor = PieceCompressor()
    /// By the place on the page. Pages of several clients share the places, so that there are never more pieces than
    /// one page has.
    private let entries = Mutex<[Entry?]>([])

    /// The piece of these bytes.
    ///
    /// - Parameter place: the number of pieces before it on the page.
    func piece(of bytes: [UInt8], at place: Int) -> Gzip.Piece {
        let fingerprint = Fingerprint(of: bytes)
        let entry = entries.withLock { $0.indices.contains(place) ? $0[place] : nil }
        if let entry, entry.fingerprint == fingerprint { return entry.piece }
        let piece = compressor.piece(bytes)
        entries.withLock { entries in
            while entries.count <= place { entries.append(nil) }
            entries[place] = Entry(fingerprint: fingerprint, piece: piece)
        }
        return piece
    }

    /// Forgets the pieces at and after a place, which is the end of a page.
    func forget(from place: Int) {
        entries.withLock { if $0.count > place { $0.removeLast($0.count - place) } }
    }
}
