import Hummingbird
import NIOCore
import Synchronization
import Testing

@testable import ExporterHTTP

/// What is made and written while a client reads slowly, or not at all.
@Suite struct PageStreamTests {
    /// Records what a response does, and how many pieces were taken until then.
    private final class Log: Sendable {
        enum Step: Equatable {
            case write(bytes: Int, taken: Int)
            case wait(taken: Int)
            case finish
        }

        struct GoneAway: Error {}

        /// The number of steps after which the client goes away.
        let most: Int
        private let state = Mutex((taken: 0, steps: [Step]()))

        init(most: Int = .max) { self.most = most }

        var taken: Int { state.withLock { $0.taken } }
        var steps: [Step] { state.withLock { $0.steps } }

        func page(_ pieces: [Int]) -> FakePage {
            FakePage(pieces: pieces.map { [UInt8](repeating: 0x0A, count: $0) }) {
                self.state.withLock { $0.taken += 1 }
            }
        }

        func add(_ step: (_ taken: Int) -> Step) throws {
            let count = state.withLock { state in
                state.steps.append(step(state.taken))
                return state.steps.count
            }
            if count == most { throw GoneAway() }
        }

        func body(_ pieces: [Int], compressedBy compressed: GzipPieces? = nil) -> ResponseBody {
            PageStream(page(pieces), compressedBy: compressed).body { try self.add { .wait(taken: $0) } }
        }
    }

    private struct Writer: ResponseBodyWriter {
        let log: Log

        mutating func write(_ buffer: ByteBuffer) async throws {
            try log.add { .write(bytes: buffer.readableBytes, taken: $0) }
        }

        consuming func finish(_ trailers: HTTPFields?) async throws { try log.add { _ in .finish } }
    }

    private static let size = PageStream.chunkSize

    @Test("each chunk is made after the one before it was read")
    func backpressure() async throws {
        let log = Log()
        let body = log.body([Self.size / 2, Self.size / 2, 1, 0, Self.size, Self.size - 1])
        #expect(body.contentLength == nil)
        #expect(log.taken == 2)
        try await body.write(Writer(log: log))
        #expect(
            log.steps == [
                .write(bytes: Self.size, taken: 2), .wait(taken: 2), .write(bytes: Self.size + 1, taken: 5),
                .wait(taken: 5), .write(bytes: Self.size - 1, taken: 6), .finish,
            ])
    }

    @Test("a client that goes away ends the page", arguments: [1, 2, 3, 4])
    func goneAway(steps: Int) async throws {
        let log = Log(most: steps)
        await #expect(throws: Log.GoneAway.self) {
            try await log.body([Int](repeating: Self.size, count: 10)).write(Writer(log: log))
        }
        #expect(log.taken == (steps + 1) / 2)
        #expect(log.steps.count == steps)
    }

    @Test("a page of one chunk has a length, with and without gzip", arguments: [0, 1, size - 1])
    func oneChunk(count: Int) {
        let log = Log()
        #expect(log.body([count]).contentLength == count)
        let length = log.body([count], compressedBy: GzipPieces()).contentLength ?? 0
        #expect((20...1000).contains(length))
    }

    @Test("the next page compresses only what changed, and forgets what is not on it")
    func compression() {
        let compressed = GzipPieces()
        let bytes = (0..<6).map { [UInt8](repeating: UInt8($0), count: 1000) }
        func send(_ pieces: [[UInt8]]) {
            _ = PageStream(FakePage(pieces: pieces), compressedBy: compressed).body {}
        }
        func kept() -> [Gzip.Piece] { bytes.indices.map { compressed.piece(of: bytes[$0], at: $0) } }
        func addresses(_ pieces: [Gzip.Piece]) -> [UnsafeRawPointer?] {
            pieces.map { $0.blocks.withUnsafeBytes { $0.baseAddress } }
        }
        send(bytes)
        let first = kept()
        send(bytes)
        #expect(addresses(kept()) == addresses(first))
        var changed = bytes
        changed[2] = []
        changed[3].append(7)
        send(changed)
        #expect(zip(addresses(kept()), addresses(first)).map { $0 == $1 } == [true, true, true, false, true, true])
        let second = kept()
        send(Array(bytes.prefix(4)))
        #expect(zip(addresses(kept()), addresses(second)).map { $0 == $1 } == [true, true, true, true, false, false])
    }
}
