import FoundationEssentials
import Glibc

/// A directory for one test, removed with everything in it when its last reference goes.
package final class TemporaryDirectory {
    package let path: String

    package init() throws {
        path =
            FileManager.default.temporaryDirectory.appending(path: "exporter-tests-\(UInt64.random(in: 0 ... .max))")
            .path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Rewrites a file in place.
    package func write(_ name: String, _ text: String) throws {
        try writeBytes(name, Array(text.utf8))
    }

    package func writeBytes(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: file(name)), options: [])
    }

    /// Puts a file in the place of another one, as `mv` does.
    package func rename(_ name: String, to other: String) {
        precondition(Glibc.rename(file(name), file(other)) == 0)
    }

    package func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: file(name)) }

    package func link(_ name: String, to target: String) {
        precondition(symlink(target, file(name)) == 0)
    }
}
