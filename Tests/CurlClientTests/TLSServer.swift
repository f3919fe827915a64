import Foundation

/// `openssl s_server` on a free port, with a certificate that it signed itself.
///
/// `@unchecked Sendable`: the process is started in the initialiser and ended in `deinit`.
final class TLSServer: @unchecked Sendable {
    static let openssl = "/usr/bin/openssl"
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: openssl) }

    let port: UInt16
    /// PEM file of the certificate, which is its own authority.
    let certificate: String
    private let directory: URL
    private let process: Process

    /// - Parameter name: Of the host that the certificate is for, as in `IP:127.0.0.1`.
    init(certificateFor name: String) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        certificate = directory.appending(path: "certificate.pem").path
        let key = directory.appending(path: "key.pem").path
        try Self.start([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=test", "-addext", "subjectAltName=\(name)", "-keyout", key, "-out", certificate,
        ]).process.waitUntilExit()

        let output: FileHandle
        (process, output) = try Self.start([
            "s_server", "-www", "-accept", "127.0.0.1:0", "-key", key, "-cert", certificate,
        ])
        // "ACCEPT 127.0.0.1:40123", once it listens.
        var text = ""
        var port: UInt16?
        while port == nil, case let data = output.availableData, !data.isEmpty {
            text += String(decoding: data, as: UTF8.self)
            port = text.firstMatch(of: #/ACCEPT 127.0.0.1:(\d+)\n/#).flatMap { UInt16($0.1) }
        }
        guard let port else { throw POSIXError(.ECONNREFUSED) }
        self.port = port
    }

    deinit {
        process.terminate()
        try? FileManager.default.removeItem(at: directory)
    }

    private static func start(_ arguments: [String]) throws -> (process: Process, output: FileHandle) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: openssl)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        return (process, pipe.fileHandleForReading)
    }
}
