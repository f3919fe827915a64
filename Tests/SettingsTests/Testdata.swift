import FoundationEssentials

@testable import Settings

/// The files beside the tests. `${dir}` in them stands for their directory.
enum Testdata {
    static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "testdata").path

    /// What tokens and authorities the files may refer to.
    static let environment = ["TOKEN": "nf-test-token", "EMPTY": ""]

    static func read(_ name: String) throws -> String {
        try String(contentsOf: URL(filePath: "\(directory)/\(name).yml"), encoding: .utf8)
            .replacing("${dir}", with: directory)
    }

    /// Reads a configuration with all checks.
    static func configuration(_ name: String) throws -> Configuration {
        try Configuration(
            yaml: try read(name), file: "\(name).yml", checks: .reading(environment: environment))
    }

    /// What is wrong with a file, one line for each problem.
    static func problems(_ name: String) throws -> [String] {
        do {
            _ = try configuration(name)
            return []
        } catch let error as ConfigurationError {
            return error.problems.map { "\($0)".replacing(directory, with: "${dir}") }
        }
    }

    static var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: directory)
                .filter { $0.hasSuffix(".yml") }.map { String($0.dropLast(4)) }.sorted()
        }
    }
}
