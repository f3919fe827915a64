import Hummingbird
import NIOCore
import Synchronization
import Testing

@testable import ExporterHTTP

/// What is made and written while a client reads slowly, or not at all.
@Suite struct PageStreamTests {
    /// Records what is written, and how many pieces were taken until then.
    private final class Log: Sendable {
        struct Write: Equatable {
            var bytes: Int
            var taken: Int
        }

        struct State {
            var taken = 0
            var writes: [Write] = []
            var isFinished = false
        }

        let state = Mutex(State())

        var taken: Int { state.withLock { $0.taken } }
        var writes: [Write] { state.withLock { $0.writes } }
        var isFinished: Bool { state.withLock { $0.isFinished } }

        func page(_ pieces: [Int]) -> FakePage {
            FakePage(pieces: pieces.map { [UInt8](repeating: 0x0A, count: $0) }) {
                self.state.withLock { $0.taken += 1 }
            }
        }
    }

    private struct GoneAway: Error {}

    private struct Writer: ResponseBodyWriter {
        let log: Log
        /// The number of writes after which the client goes away.
        let most: Int

        mutating func write(_ buffer: ByteBuffer) async throws {
            let count = log.state.withLock { state in
                state.writes.append(.init(bytes: buffer.readableBytes, taken: state.taken))
                return state.writes.count
            }
            if count == most { throw GoneAway() }
        }

        consuming func finish(_ trailers: HTTPFields?) async throws { log.state.withLock { $0.isFinished = true } }
    }

    private static let size = PageStream.chunkSize

    @Test("each chunk is made after the one before it was read")
    func backpressure() async throws {
        let log = Log()
        let half = Self.size / 2
        let body = PageStream(log.page([half, half, 1, 0, Self.size, Self.size - 1]), compressedBy: nil).body()
        #expect(body.contentLength == nil)
        #expect(log.taken == 2)
        try await body.write(Writer(log: log, most: .max))
        #expect(
            log.writes == [
                .init(bytes: Self.size, taken: 2), .init(bytes: 0, taken: 2), .init(bytes: Self.size + 1, taken: 5),
                .init(bytes: 0, taken: 5), .init(bytes: Self.size - 1, taken: 6),
            ])
        #expect(log.isFinished)
    }

    @Test("a client that goes away ends the page", arguments: [1, 2, 3])
    func goneAway(writes: Int) async throws {
        let log = Log()
        let page = log.page([Int](repeating: Self.size, count: 10))
        await #expect(throws: GoneAway.self) {
            try await PageStream(page, compressedBy: nil).body().write(Writer(log: log, most: writes))
        }
        #expect(log.taken == (writes + 1) / 2)
        #expect(!log.isFinished)
    }

    @Test("a page of one chunk has a length, with and without gzip", arguments: [0, 1, size - 1])
    func oneChunk(count: Int) {
        let log = Log()
        #expect(PageStream(log.page([count]), compressedBy: nil).body().contentLength == count)
        let compressed = PageStream(log.page([count]), compressedBy: GzipMembers()).body()
        #expect(compressed.contentLength != nil && compressed.contentLength != 0)
    }

    @Test("the next page compresses only what changed, and forgets what is not on it")
    func members() async throws {
        let gzip = GzipMembers()
        let pieces = (0..<6).map { [UInt8](repeating: UInt8($0), count: 1000) }
        func send(_ pieces: [[UInt8]]) { _ = PageStream(FakePage(pieces: pieces), compressedBy: gzip).body() }
        func kept() -> [[UInt8]] { pieces.indices.map { gzip.member(of: pieces[$0], at: $0) } }
        func addresses(_ members: [[UInt8]]) -> [UnsafeRawPointer?] {
            members.map { $0.withUnsafeBytes { $0.baseAddress } }
        }
        send(pieces)
        let first = kept()
        send(pieces)
        #expect(addresses(kept()) == addresses(first))
        var changed = pieces
        changed[2] = []
        changed[3].append(7)
        send(changed)
        #expect(zip(addresses(kept()), addresses(first)).map { $0 == $1 } == [true, true, true, false, true, true])
        let second = kept()
        send(Array(pieces.prefix(4)))
        #expect(zip(addresses(kept()), addresses(second)).map { $0 == $1 } == [true, true, true, true, false, false])
    }
}
