import Glibc
import History
import Synchronization

/// A file that takes the place of another one when it is complete. Only its owner can read it. Gone with this value,
/// unless `finish` was called.
struct ExportDraft: ~Copyable {
    struct Problem: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }

        /// With the system's reason.
        init(_ path: String, _ what: String) {
            description = "\(path): \(what): \(unsafe String(cString: strerror(errno)))"
        }
    }

    /// - Parameter history: the file that is copied; nil if a running exporter makes the copy.
    /// - Throws: if the copy would take the place of a history in use, or of a device, a pipe or a folder.
    static func check(_ target: String, copyOf history: String?) throws(Problem) {
        var status = stat()
        guard unsafe stat(target, &status) == 0 else { return }
        guard ResultFile.canReplace(target) else { throw Problem("\(target): it is no regular file; name another one") }
        var own = stat()
        if let history, unsafe stat(history, &own) == 0, (own.st_dev, own.st_ino) == (status.st_dev, status.st_ino) {
            throw Problem("\(target): the file is the history itself; name another one")
        }
        guard !History.isInUse(target) else {
            throw Problem("\(target): an exporter uses this history; name another file")
        }
    }

    let path: String
    private let target: String
    private let descriptor: Int32

    init(for target: String) throws(Problem) {
        var template = Array("\(target).partial-XXXXXX".utf8CString)
        let opened = unsafe mkstemp(&template)
        guard opened >= 0 else { throw Problem(target, "no file can be created there") }
        descriptor = opened
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.target = target
    }

    deinit {
        unsafe unlink(path)
        Glibc.close(descriptor)
    }

    func write(_ bytes: [UInt8]) throws(Problem) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { throw Problem(target, "the copy cannot be written") }
            rest = rest.dropFirst(written)
        }
    }

    /// Writes the file to the disk and puts it in its place.
    ///
    /// - Returns: its bytes.
    func finish() throws(Problem) -> Int {
        var status = stat()
        guard fsync(descriptor) == 0, unsafe fstat(descriptor, &status) == 0 else {
            throw Problem(target, "the copy cannot be written")
        }
        guard unsafe rename(path, target) == 0 else { throw Problem(target, "the copy cannot be put there") }
        synchronizeFolder()
        return Int(status.st_size)
    }

    /// Writes the new name to the disk. A failure leaves a whole file, of which a power failure can take the name.
    private func synchronizeFolder() {
        let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? "."
        let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
