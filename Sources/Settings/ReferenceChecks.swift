import FoundationEssentials

/// Checks the tokens and files that a configuration refers to, so that a problem names the line of the reference.
package struct ReferenceChecks: Sendable {
    /// The problem with a token; nil if there is none.
    let token: @Sendable (TokenReference) -> String?
    /// The problem with a file; nil if there is none.
    let file: @Sendable (String) -> String?

    /// Checks the text of the configuration alone.
    package static let none = ReferenceChecks(token: { _ in nil }, file: { _ in nil })

    /// Reads tokens, and checks that files exist.
    static func reading(environment: [String: String]) -> ReferenceChecks {
        ReferenceChecks(
            token: { reference in
                do throws(TokenSource.Problem) {
                    _ = try TokenSource(reference, environment: environment)
                    return nil
                } catch {
                    return error.message
                }
            },
            file: { path in
                let expected = "expected a PEM file with certificate authorities"
                if let kind = NamedFile.kind(of: path) { return "\(path) is \(kind); \(expected)" }
                return FileManager.default.isReadableFile(atPath: path) ? nil : "\(path) cannot be read; \(expected)"
            })
    }
}
