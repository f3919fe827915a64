import Glibc
import TestSupport
import Testing

@testable import Settings

/// Files that are no regular files.
@Suite struct NamedFileTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func pipe() throws -> String {
        let path = directory.file("pipe")
        try #require(mkfifo(path, 0o600) == 0)
        return path
    }

    private func failure(_ read: () throws -> [UInt8]) -> NamedFile.Failure? {
        #expect(throws: NamedFile.Failure.self) { try read() }
    }

    @Test("a regular file up to the limit, also behind a link, and an empty one")
    func regular() throws {
        try directory.write("file", "abc")
        directory.link("link", to: directory.file("file"))
        for name in ["file", "link"] {
            let path = directory.file(name)
            #expect(try NamedFile.bytes(path, limit: 3) == Array("abc".utf8))
            #expect(try NamedFile.streamed(path, limit: 3) == Array("abc".utf8))
            #expect(failure { try NamedFile.bytes(path, limit: 2) } == .tooLarge(bytes: 3))
            #expect(failure { try NamedFile.streamed(path, limit: 2) } == .tooLarge(bytes: 3))
            #expect(NamedFile.kind(of: path) == nil)
        }
        try directory.write("empty", "")
        #expect(try NamedFile.bytes(directory.file("empty"), limit: 3) == [])
        #expect(try NamedFile.streamed(directory.file("empty"), limit: 3, patience: 0) == [])
    }

    @Test("a pipe that no process writes to is not waited for")
    func silentPipe() throws {
        let path = try pipe()
        #expect(failure { try NamedFile.bytes(path, limit: 9) } == .kind("a pipe"))
        // Open for writing, so that the pipe is not at its end, and nothing comes.
        let writer = open(path, O_RDWR)
        defer { close(writer) }
        #expect(failure { try NamedFile.streamed(path, limit: 9, patience: 0) } == .silent(seconds: 0))
    }

    @Test("a pipe is read to its end")
    func pipeWithContent() throws {
        let path = try pipe()
        // Without a reader a pipe cannot be opened for writing alone.
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        let writer = open(path, O_WRONLY)
        try #require(write(writer, "abc", 3) == 3)
        close(writer)
        // The content is kept as long as the pipe is open.
        #expect(try NamedFile.streamed(path, limit: 3) == Array("abc".utf8))
        close(reader)
    }

    @Test("a device without an end is read up to the limit")
    func device() throws {
        #expect(failure { try NamedFile.streamed("/dev/zero", limit: 65_535) } == .tooLarge(bytes: 65_536))
        #expect(failure { try NamedFile.bytes("/dev/zero", limit: 9) } == .kind("a device"))
        #expect(try NamedFile.streamed("/dev/null", limit: 9) == [])
    }

    @Test("a folder, a socket and a file that is missing")
    func others() throws {
        #expect(failure { try NamedFile.bytes(directory.path, limit: 9) } == .kind("a folder"))
        #expect(failure { try NamedFile.streamed(directory.path, limit: 9) } == .kind("a folder"))
        let path = directory.file("socket")
        try #require(mknod(path, S_IFSOCK | 0o600, 0) == 0)
        #expect(failure { try NamedFile.bytes(path, limit: 9) } == .kind("a socket"))
        #expect(failure { try NamedFile.streamed(path, limit: 9) } == .kind("a socket"))
        for missing in [directory.file("missing"), directory.file("socket") + "/x", directory.path + "\0"] {
            #expect(failure { try NamedFile.bytes(missing, limit: 9) } == .missing)
            #expect(NamedFile.kind(of: directory.file("missing")) == nil)
        }
    }

    @Test("the messages of a token file, a file of authorities and a configuration")
    func messages() throws {
        let path = try pipe()
        let checks = ReferenceChecks.reading(environment: [:])
        #expect(checks.token(.file(path)) == "token file \(path) is a pipe; expected a regular file")
        #expect(checks.file(path) == "\(path) is a pipe; expected a PEM file with certificate authorities")
        let loader = ConfigurationLoader(file: "/dev/zero", environment: [:])
        #expect(throws: ConfigurationError.self) { try loader.load() }
    }
}
