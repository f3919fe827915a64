/// Collects the bytes of a response as they arrive, up to fixed limits.
struct ResponseSink {
    /// The greatest size of all headers of a transfer, far more than a response needs. Interim responses,
    /// trailers and a proxy's headers count, so that none of these can go on without end.
    static let maxHeaderBytes = 64 * 1024

    private(set) var body: [UInt8] = []
    /// The limit that ended the transfer; libcurl's own error says only that a callback ended it.
    private(set) var overflow: CurlError?
    private let maxBodyBytes: Int
    private var headerBytes = 0

    init(maxBodyBytes: Int) {
        self.maxBodyBytes = maxBodyBytes
    }

    /// Reserves memory for the body, within its limit.
    ///
    /// - Parameter announced: The length that the server announces, which is the length of the encoded body
    ///   and can be false. Negative if unknown; nothing is reserved then.
    mutating func reserve(_ announced: Int) {
        body.reserveCapacity(min(announced, maxBodyBytes))
    }

    /// Appends decoded bytes. A small body that expands to a huge one ends at the limit.
    ///
    /// - Returns: False if the transfer must end.
    mutating func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= maxBodyBytes - body.count else {
            overflow = .bodyTooLarge(limit: maxBodyBytes)
            body = []
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// Counts the bytes of a header line.
    ///
    /// - Returns: False if the transfer must end.
    mutating func receiveHeader(byteCount: Int) -> Bool {
        headerBytes += byteCount
        guard headerBytes <= Self.maxHeaderBytes else {
            overflow = .headersTooLarge(limit: Self.maxHeaderBytes)
            return false
        }
        return true
    }
}
