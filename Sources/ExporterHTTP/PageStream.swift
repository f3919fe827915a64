import Exposition
import Hummingbird
import NIOCore
import Synchronization

/// Sends a page in chunks. Each chunk is made when the client has read the one before it, so that a client that reads
/// slowly needs the memory of one chunk.
struct PageStream: Sendable {
    /// Bytes from which on a chunk is sent; the piece that reaches them is in it, too.
    static let chunkSize = 64 * 1024

    private var page: any PagePieces
    /// Compresses the pieces; nil to send them as they are.
    private let compressed: GzipPieces?
    private var gzip = Gzip()
    /// The number of pieces that were taken to be compressed.
    private var place = 0
    private var isAtEnd = false

    init(_ page: any PagePieces, compressedBy compressed: GzipPieces?) {
        self.page = page
        self.compressed = compressed
    }

    /// The body of a response. The length of a page of one chunk is known.
    ///
    /// - Parameters:
    ///   - executor: makes and writes the chunks; nil for any thread.
    ///   - isRead: returns when all that was written has gone to the client.
    consuming func body(
        on executor: (any TaskExecutor)? = nil, isRead: @escaping @Sendable () async throws -> Void
    ) -> ResponseBody {
        let chunk = next()
        if isAtEnd { return ResponseBody(byteBuffer: chunk) }
        let first = FirstChunk(chunk)
        return ResponseBody { [stream = self] writer in
            try await withTaskExecutorPreference(executor) {
                var stream = stream
                try await writer.write(first.take())
                while !stream.isAtEnd {
                    // The writer itself takes chunks for as long as the connection has not told it otherwise.
                    try await isRead()
                    try await writer.write(stream.next())
                }
                try await writer.finish(nil)
            }
        }
    }

    /// The next chunk; empty if the page is at its end.
    private mutating func next() -> ByteBuffer {
        var chunk: [UInt8] = []
        // Room for the piece that reaches the size, too.
        chunk.reserveCapacity(2 * Self.chunkSize)
        if let compressed {
            appendPieces(compressed, to: &chunk)
        } else {
            while chunk.count < Self.chunkSize, !isAtEnd { isAtEnd = !page.next(&chunk) }
        }
        return ByteBuffer(bytes: chunk)
    }

    private mutating func appendPieces(_ compressed: GzipPieces, to chunk: inout [UInt8]) {
        if place == 0 { chunk += Gzip.header }
        var bytes: [UInt8] = []
        while chunk.count < Self.chunkSize {
            bytes.removeAll(keepingCapacity: true)
            guard page.next(&bytes) else {
                compressed.forget(from: place)
                chunk += gzip.trailer
                isAtEnd = true
                return
            }
            if !bytes.isEmpty {
                let piece = compressed.piece(of: bytes, at: place)
                chunk += piece.blocks
                gzip.add(piece)
            }
            place += 1
        }
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
