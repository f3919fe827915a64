/// The file of `--web.config.file`, and the files that it names.
package struct WebConfigurationFile: Sendable {
    /// The state of all files; equal as long as none of them was replaced or rewritten.
    package struct Signature: Equatable, Sendable {
        fileprivate let paths: [String]
        fileprivate let files: [FileSignature?]
    }

    private let path: String
    private let readsNamedFiles: Bool

    /// - Parameter readsNamedFiles: whether certificates and keys are read, which may be elsewhere; else they are empty.
    package init(path: String, readsNamedFiles: Bool = true) {
        self.path = path
        self.readsNamedFiles = readsNamedFiles
    }

    /// - Throws: `ConfigurationError` with every problem of the files.
    package func load() throws(ConfigurationError) -> WebConfiguration {
        try WebConfiguration(yaml: try text(), file: path, files: files)
    }

    /// The state of the file and of those that it names. Taken before ``load()``, a change in between shows the next
    /// time.
    package func signature() -> Signature {
        let named = (try? text()).map { WebConfiguration.namedPaths(yaml: $0, files: files) } ?? []
        let paths = [path] + named
        return Signature(paths: paths, files: paths.map(FileSignature.init(path:)))
    }

    private var files: NamedFiles { NamedFiles(file: path, isRead: readsNamedFiles) }

    private func text() throws(ConfigurationError) -> String {
        let message: String
        do throws(SmallFile.Problem) {
            if let text = String(validating: try SmallFile.read(path), as: UTF8.self) { return text }
            message = "is not UTF-8 text"
        } catch {
            message = error.message
        }
        throw ConfigurationError([ConfigurationProblem(file: path, key: "--web.config.file", message: message)])
    }
}
