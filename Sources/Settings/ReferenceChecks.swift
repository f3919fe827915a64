import FoundationEssentials

/// Judges what a configuration refers to, so that the line can be named that refers to it.
package struct ReferenceChecks: Sendable {
    /// What is wrong with a token, nil if nothing is.
    let token: @Sendable (TokenReference) -> String?
    /// What is wrong with a file, nil if nothing is.
    let file: @Sendable (String) -> String?

    /// Judges the text of the configuration alone.
    package static let none = ReferenceChecks(token: { _ in nil }, file: { _ in nil })

    /// Reads tokens and looks for files.
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
                FileManager.default.isReadableFile(atPath: path)
                    ? nil : "\(path) cannot be read; expected a PEM file with certificate authorities"
            })
    }
}
