import Glibc
import NIOCore

/// Where connections come from, as far as they are counted together.
enum Peer: Hashable, Sendable {
    /// This machine, which is not limited: a proxy beside the exporter brings the connections of many clients.
    case local
    case v4([UInt8])
    /// The network of an IPv6 address (its first 64 bits), all of whose addresses one client can use.
    case v6Network([UInt8])

    init(_ address: SocketAddress?) {
        // A socket in the file system has no address of this kind, nor has a client that is gone already.
        guard let text = address?.ipAddress, let bytes = Self.bytes(text) else {
            self = .local
            return
        }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        let isMapped = bytes.count == 16 && bytes.prefix(12) == mapped[...]
        let v4 = bytes.count == 4 ? bytes : isMapped ? Array(bytes.suffix(4)) : nil
        if let v4 {
            self = v4[0] == 127 ? .local : .v4(v4)
        } else {
            let isLoopback = bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
            self = isLoopback ? .local : .v6Network(Array(bytes.prefix(8)))
        }
    }

    /// The bytes of an address as they are on the network; nil for another text.
    private static func bytes(_ text: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            // The scope of a link-local address is of no matter.
            let address = text.prefix { $0 != "%" }
            if unsafe inet_pton(family, String(address), &bytes) == 1 { return bytes }
        }
        return nil
    }
}
