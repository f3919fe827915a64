import FoundationEssentials
import TestSupport

@testable import Settings

/// The files in `testdata/web`, whose names tell what Prometheus's exporters and Debian's promtool think of them:
///
/// - `good-…`: accepted by us and by promtool; `new-…`: accepted by us, with keys that this promtool does not know.
/// - `bad-…`: refused by both; `refused-…`: refused by us, with keys that this promtool does not know.
/// - `strict-…`: refused by us alone.
final class WebTestdata {
    static let certificate = "-----BEGIN CERTIFICATE-----\nserver\n-----END CERTIFICATE-----\n"
    static let authority = "-----BEGIN CERTIFICATE-----\nauthority\n-----END CERTIFICATE-----\n"
    static let key = "-----BEGIN EC PRIVATE KEY-----\nsecret-key\n-----END EC PRIVATE KEY-----\n"
    static let hash = "$2b$10$abcdefghijklmnopqrstuuqflPDzB6gcMhKa1rZqKiun2YGL5sa2u"

    /// With stand-ins for the certificates that the files name.
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("server.pem", Self.certificate)
        try directory.write("server.key", Self.key)
        try directory.write("ca.pem", Self.authority)
    }

    /// Reads a file as if it were beside the stand-ins.
    func configuration(_ name: String) throws -> WebConfiguration {
        let path = directory.file("\(name).yml")
        return try WebConfiguration(yaml: try Self.read(name), file: path, files: NamedFiles(file: path))
    }

    /// What is wrong with a file, one line for each problem, without the folder.
    func problems(_ name: String) throws -> [String] {
        do {
            _ = try configuration(name)
            return []
        } catch let error as ConfigurationError {
            return error.problems.map { "\($0)".replacing(directory.path + "/", with: "") }
        }
    }

    static var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { $0.hasSuffix(".yml") }.map { String($0.dropLast(4)) }.sorted()
        }
    }

    static func read(_ name: String) throws -> String {
        try String(contentsOf: URL(filePath: "\(folder)/\(name).yml"), encoding: .utf8)
    }

    private static let folder = Testdata.directory + "/web"
}
