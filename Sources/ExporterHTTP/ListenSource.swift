/// Where connections come from.
package enum ListenSource: Equatable, Sendable {
    case address(ListenAddress)
    /// A listening socket that the process was started with.
    case descriptor(Int32)

    /// Whether other machines may reach it.
    package var isReachable: Bool {
        switch self {
        case .address(let address): !address.isLoopback
        // Its address is the unit's matter.
        case .descriptor: false
        }
    }

    /// The place for people, with the port that the system has chosen.
    package func description(port: Int?) -> String {
        switch self {
        case .address(let address): "\(ListenAddress(host: address.host, port: port ?? address.port))"
        case .descriptor(let number): port.map { "systemd's socket, port \($0)" } ?? "systemd's socket \(number)"
        }
    }

    /// The URL to open on this machine; nil for a socket in the file system.
    package func url(port: Int?, isEncrypted: Bool) -> String? {
        guard let port else { return nil }
        return switch self {
        case .address(let address): address.url(port: port, isEncrypted: isEncrypted)
        case .descriptor: ListenAddress(host: "", port: port).url(port: port, isEncrypted: isEncrypted)
        }
    }
}
