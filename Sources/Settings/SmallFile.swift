/// A file of a person's making that is read whole: a web configuration, a certificate, a password.
enum SmallFile {
    /// Larger than any such file: a larger one is the wrong file.
    static let maxBytes = 1 << 20

    /// The reason for which a file cannot be read, for people, after its name.
    struct Problem: Error, Equatable {
        let message: String
    }

    static func read(_ path: String) throws(Problem) -> [UInt8] {
        do throws(NamedFile.Failure) {
            return try NamedFile.bytes(path, limit: maxBytes)
        } catch {
            throw Problem(message: message(error))
        }
    }

    private static func message(_ failure: NamedFile.Failure) -> String {
        switch failure {
        case .missing: "does not exist; check the path"
        case .unreadable, .silent: "cannot be read; check its permissions"
        case .kind: "is not a regular file; expected the path of one"
        case .tooLarge: "has more than 1 MiB; it is the wrong file"
        }
    }
}
