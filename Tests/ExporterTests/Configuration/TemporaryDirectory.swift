import FoundationEssentials
import Glibc

/// A directory for one test, removed with everything in it when nobody has it any longer.
final class TemporaryDirectory {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory.appending(path: "exporter-tests-\(UInt64.random(in: 0 ... .max))")
            .path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Rewrites a file in place.
    func write(_ name: String, _ text: String) throws {
        try writeBytes(name, Array(text.utf8))
    }

    func writeBytes(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: file(name)), options: [])
    }

    /// Puts a file in the place of another one, as `mv` does.
    func rename(_ name: String, to other: String) {
        precondition(Glibc.rename(file(name), file(other)) == 0)
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: file(name)) }

    func link(_ name: String, to target: String) {
        precondition(symlink(target, file(name)) == 0)
    }
}
