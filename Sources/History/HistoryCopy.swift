import Glibc

/// A consistent copy of a history: a database in one file, which is gone with this object.
package final class HistoryCopy: Sendable {
    private let descriptor: Int32
    /// In bytes.
    package let size: Int

    init(descriptor: Int32, size: Int) { (self.descriptor, self.size) = (descriptor, size) }

    deinit { Glibc.close(descriptor) }

    /// Some bytes from a position on; fewer at the end.
    ///
    /// - Throws: `HistoryCopyError` if the disk does not give them.
    package func bytes(at position: Int, count: Int) throws(HistoryCopyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, min(count, size - position)))
        let got = unsafe pread(descriptor, &bytes, bytes.count, off_t(position))
        guard got == bytes.count else { throw .failed("the copy cannot be read") }
        return bytes
    }
}

/// The reason for which there is no copy, for people.
package enum HistoryCopyError: Error, Equatable, CustomStringConvertible {
    /// Another copy is being made or read.
    case busy
    /// Another process has the history.
    case inUse
    /// The history has gone to another place meanwhile, or is closed.
    case interrupted
    case failed(String)

    package var description: String {
        switch self {
        case .busy: "another copy of the history is being made; try again"
        case .inUse: "another exporter has the history; ask that one"
        case .interrupted: "the history was closed or moved while it was copied; try again"
        case .failed(let detail): "the history cannot be copied: \(detail)"
        }
    }
}
