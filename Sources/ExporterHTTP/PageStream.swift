import Exposition
import Hummingbird
import NIOCore
import Synchronization

/// Sends a page in chunks. Each chunk is made when the client has read the one before it, so that a client that reads
/// slowly needs the memory of one chunk.
struct PageStream: Sendable {
    /// Bytes from which on a chunk is sent; the piece that reaches them is in it, too.
    static let chunkSize = 128 * 1024

    private var page: any PagePieces
    /// Compresses the pieces; nil to send them as they are.
    private let members: GzipMembers?
    /// The number of pieces that were taken.
    private var place = 0
    private var isAtEnd = false

    init(_ page: any PagePieces, compressedBy members: GzipMembers?) {
        self.page = page
        self.members = members
    }

    /// The body of a response. The length of a page of one chunk is known.
    consuming func body() -> ResponseBody {
        let chunk = next()
        if isAtEnd { return ResponseBody(byteBuffer: chunk) }
        let first = FirstChunk(chunk)
        return ResponseBody { [stream = self] writer in
            var stream = stream
            try await writer.write(first.take())
            while !stream.isAtEnd {
                // An empty write returns when the client has read the chunk, so that no other waits beside it.
                try await writer.write(ByteBuffer())
                try await writer.write(stream.next())
            }
            try await writer.finish(nil)
        }
    }

    /// The next chunk; empty if the page is at its end.
    private mutating func next() -> ByteBuffer {
        var chunk: [UInt8] = []
        // Room for the pieces that usually reach the size.
        chunk.reserveCapacity(2 * Self.chunkSize)
        var piece: [UInt8] = []
        while chunk.count < Self.chunkSize, !isAtEnd {
            if let members {
                piece.removeAll(keepingCapacity: true)
                isAtEnd = !page.next(&piece)
                // The first piece is sent even if it is empty, because gzip has at least one member.
                if !isAtEnd, !piece.isEmpty || place == 0 {
                    chunk.append(contentsOf: members.member(of: piece, at: place))
                }
            } else {
                isAtEnd = !page.next(&chunk)
            }
            place += isAtEnd ? 0 : 1
        }
        if isAtEnd { members?.forget(from: place) }
        return ByteBuffer(bytes: chunk)
    }
}

/// The chunk that is made before the response begins, and that does not stay in memory as long as the response.
private final class FirstChunk: Sendable {
    private let chunk: Mutex<ByteBuffer>

    init(_ chunk: ByteBuffer) { self.chunk = Mutex(chunk) }

    /// The chunk; empty if it was taken before.
    func take() -> ByteBuffer {
        chunk.withLock { chunk in
            defer { chunk = ByteBuffer() }
            return chunk
        }
    }
}
