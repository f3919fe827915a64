import CZlib
import Synchronization

/// Compresses pieces with zlib, on any number of threads.
final class PieceCompressor: Sendable {
    /// The longest block that deflate stores as it is.
    private static let longestStoredBlock = 65_535

    /// The states that are not in use; as many as threads have compressed at the same time.
    private let idle = Mutex<[DeflateState]>([])

    /// The piece of these bytes, compressed unless there is no memory for that.
    func piece(_ bytes: [UInt8]) -> Gzip.Piece {
        let checksum = unsafe bytes.withUnsafeBufferPointer { unsafe crc32_z(0, $0.baseAddress, $0.count) }
        return Gzip.Piece(blocks: compressed(bytes) ?? Self.stored(bytes), checksum: checksum, count: bytes.count)
    }

    private func compressed(_ bytes: [UInt8]) -> [UInt8]? {
        guard let state = idle.withLock({ $0.popLast() }) ?? DeflateState() else { return nil }
        defer { idle.withLock { $0.append(state) } }
        return state.blocks(bytes)
    }

    /// Blocks that have the bytes as they are.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var blocks: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let block = rest.prefix(longestStoredBlock)
            rest = rest.dropFirst(block.count)
            let (low, high) = (UInt8(block.count & 0xFF), UInt8(block.count >> 8))
            blocks += [0, low, high, ~low, ~high]
            blocks += block
        }
        return blocks
    }
}

/// The memory of a compression, which one thread uses at a time.
@safe private final class DeflateState: @unchecked Sendable {
    /// The fastest level. Text that repeats itself this much gets hardly smaller with the next ones.
    private static let level: Int32 = 1
    /// Deflate without a frame, with the largest window.
    private static let windowBits: Int32 = -15
    /// The usual memory, 256 KiB.
    private static let memoryLevel: Int32 = 8
    /// The most bytes of the mark at which the blocks end.
    private static let mark = 16

    /// In memory of its own, because zlib keeps its address.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Nil if there is not enough memory.
    init?() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let result = unsafe deflateInit2_(
            stream, Self.level, Z_DEFLATED, Self.windowBits, Self.memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        // Otherwise `deinit` ends a stream that was not begun, which zlib refuses.
        if result != Z_OK { return nil }
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Whole blocks, of which none is the last; nil if the bytes could not be compressed.
    func blocks(_ bytes: [UInt8]) -> [UInt8]? {
        guard unsafe deflateReset(stream) == Z_OK else { return nil }
        let bound = unsafe Int(deflateBound(stream, UInt(bytes.count))) + Self.mark
        var isWhole = false
        let blocks = unsafe [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            unsafe bytes.withUnsafeBufferPointer { input in
                // zlib does not write to its input.
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.pointee.avail_in = UInt32(input.count)
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = UInt32(output.count)
                isWhole = unsafe deflate(stream, Z_SYNC_FLUSH) == Z_OK && stream.pointee.avail_out > 0
                count = unsafe output.count - Int(stream.pointee.avail_out)
            }
        }
        guard isWhole else { return nil }
        // In memory of its size, because a piece is kept.
        return unsafe [UInt8](unsafeUninitializedCapacity: blocks.count) { buffer, count in
            count = unsafe buffer.update(fromContentsOf: blocks)
        }
    }
}
