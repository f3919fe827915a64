/// One problem of a configuration: its place, the fault, and the correct form.
package struct ConfigurationProblem: Equatable, Sendable, CustomStringConvertible {
    /// The file, nil for the environment.
    package var file: String?
    package var line: Int?
    /// Such as `accounts[0].discovery.interval`, or the name of a variable; empty for the file as a whole.
    package var key: String
    package var message: String

    package init(file: String? = nil, line: Int? = nil, key: String, message: String) {
        self.file = file
        self.line = line
        self.key = key
        self.message = message
    }

    /// `config.yml:12: accounts[0].name: what is wrong`
    package var description: String {
        let place = file.map { file in line.map { "\(file):\($0)" } ?? file }
        return [place, key.isEmpty ? nil : key, message].compactMap { $0 }.joined(separator: ": ")
    }
}

/// All problems of a configuration, in the order of the file.
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    package let problems: [ConfigurationProblem]

    package init(_ problems: [ConfigurationProblem]) {
        self.problems = problems
    }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
