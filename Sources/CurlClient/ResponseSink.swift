/// Takes the bytes of a response as they arrive, up to fixed limits.
struct ResponseSink {
    /// Far more than a response needs. Counts every header of a transfer, those of interim responses
    /// and trailers too, so that a server cannot send headers without end.
    static let maxHeaderBytes = 64 * 1024

    private(set) var body: [UInt8] = []
    /// Why the transfer was ended early; libcurl itself knows only that a callback wished so.
    private(set) var overflow: CurlError?
    private let maxBodyBytes: Int
    private var headerBytes = 0

    init(maxBodyBytes: Int) {
        self.maxBodyBytes = maxBodyBytes
    }

    /// Makes room for a body of the announced length, which is that of the encoded body and may be a lie.
    ///
    /// - Parameter announced: Nothing happens if it is negative, libcurl's way to say unknown.
    mutating func reserve(_ announced: Int) {
        let capacity = min(announced, maxBodyBytes)
        if capacity > 0 { body.reserveCapacity(capacity) }
    }

    /// Appends decoded bytes: a small body that expands to a huge one is found out on its way.
    ///
    /// - Returns: False if the transfer is to end.
    mutating func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= maxBodyBytes - body.count else {
            overflow = .bodyTooLarge(limit: maxBodyBytes)
            body = []
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// - Returns: False if the transfer is to end.
    mutating func receiveHeader(byteCount: Int) -> Bool {
        headerBytes += byteCount
        guard headerBytes <= Self.maxHeaderBytes else {
            overflow = .headersTooLarge(limit: Self.maxHeaderBytes)
            return false
        }
        return true
    }
}
