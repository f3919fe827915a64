import Glibc

/// New files and folders with names of their own.
extension Files {
    /// The folder for what nothing needs after the process.
    static var temporaryFolder: String { unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp" }

    /// Creates an empty file that its owner alone can read, with six more characters at the end of its path.
    ///
    /// - Returns: nil if it cannot be created; `errno` has the reason.
    static func makeUnique(_ stem: String) -> (descriptor: Int32, path: String)? {
        var template = Array("\(stem)XXXXXX".utf8CString)
        let descriptor = unsafe mkstemp(&template)
        return descriptor < 0 ? nil : (descriptor, text(template))
    }

    /// The same of a folder.
    static func makeUniqueFolder(_ stem: String) -> String? {
        var template = Array("\(stem)XXXXXX".utf8CString)
        return unsafe mkdtemp(&template) == nil ? nil : text(template)
    }

    /// Without the zero at its end.
    private static func text(_ template: [CChar]) -> String {
        String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
