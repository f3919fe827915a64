package import CurlClient

/// How a command reaches a running exporter, by curl's names: from its options, else from the environment.
package struct ClientSettings: Sendable {
    /// What can be given; nil for what is not.
    package struct Options: Sendable {
        package var url: String?
        package var cacert: String?
        package var cert: String?
        package var key: String?
        package var userFile: String?
        package var insecure = false

        package init() {}
    }

    /// Where the exporter listens by default.
    package static let defaultURL = "http://127.0.0.1:9974"

    /// Without a slash at its end.
    package let url: String
    private let authorities: Setting?
    private let certificate: Setting?
    private let key: Setting?
    private let isInsecure: Bool
    /// The option or variable that names the file with the user; nil without one.
    let userSetting: Setting?
    private let credentials: CurlCredentials?

    /// The value of an option or a variable.
    struct Setting: Sendable {
        /// Such as `--cert`, or the name of a variable.
        let name: String
        let value: String
    }

    /// - Throws: `ConfigurationError` with every problem: files that cannot be read or are of another kind.
    package init(_ options: Options, environment: [String: String]) throws(ConfigurationError) {
        func setting(_ option: String, _ value: String?, _ variable: String) -> Setting? {
            let variable = "NORTHFLANK_EXPORTER_\(variable)"
            return value.map { Setting(name: option, value: $0) }
                ?? environment[variable].flatMap { $0.isEmpty ? nil : Setting(name: variable, value: $0) }
        }
        let given = setting("--url", options.url, "URL")?.value ?? Self.defaultURL
        url = String(given.reversed().drop { $0 == "/" }.reversed())
        authorities = setting("--cacert", options.cacert, "CACERT")
        certificate = setting("--cert", options.cert, "CERT")
        key = setting("--key", options.key, "KEY")
        userSetting = setting("--user-file", options.userFile, "USER_FILE")
        let insecure = setting("--insecure", options.insecure ? "true" : nil, "INSECURE")
        isInsecure = insecure?.value == "true"

        var problems: [ConfigurationProblem] = []
        if let insecure, !["true", "false"].contains(insecure.value) {
            problems.append(.init(key: insecure.name, message: "expected true or false"))
        }
        problems += [
            authorities.flatMap { $0.problem(as: .authorities) }, certificate.flatMap { $0.problem(as: .certificate) },
            key.flatMap { $0.problem(as: .key) },
        ].compactMap { $0 }
        if let key, certificate == nil {
            problems.append(.init(key: key.name, message: "is of no use without --cert; name the certificate too"))
        }
        if let certificate, key == nil, problems.isEmpty, let problem = certificate.problem(as: .key) {
            problems.append(.init(key: problem.key, message: "\(problem.message); name the file of the key with --key"))
        }
        credentials = userSetting.flatMap { setting in
            switch Self.credentials(in: setting.value) {
            case .success(let credentials): return credentials
            case .failure(let problem):
                problems.append(.init(key: setting.name, message: "\(setting.value) \(problem.message)"))
                return nil
            }
        }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
    }

    /// A request for a path, as these settings say.
    package func request(_ path: String, userAgent: String) -> CurlRequest {
        var request = CurlRequest(url: url + path, userAgent: userAgent)
        // Without a user no secret is sent there, and with one `CurlRequest` refuses.
        request.allowInsecureHTTP = true
        request.caFile = authorities?.value
        request.certificateFile = certificate?.value
        request.keyFile = key?.value
        request.credentials = credentials
        request.acceptsAnyCertificate = isInsecure
        return request
    }

    var hasCertificate: Bool { certificate != nil }

    /// The user and the password in the first line of a file.
    private static func credentials(in path: String) -> Result<CurlCredentials, SmallFile.Problem> {
        Result { () throws(SmallFile.Problem) in
            let text = String(decoding: try SmallFile.read(path), as: UTF8.self)
            let line = text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
            guard let colon = line.firstIndex(of: ":") else {
                throw SmallFile.Problem(message: "has no user:password in its first line")
            }
            return CurlCredentials(
                user: String(line[..<colon]), password: String(line[line.index(after: colon)...]))
        }
    }
}

extension ClientSettings.Setting {
    /// What is wrong with the file that the setting names; nil if it looks right.
    fileprivate func problem(as kind: PEMText) -> ConfigurationProblem? {
        do throws(SmallFile.Problem) {
            return kind.problem(try SmallFile.read(value)).map {
                ConfigurationProblem(key: name, message: "\(value) \($0)")
            }
        } catch {
            return ConfigurationProblem(key: name, message: "\(value) \(error.message)")
        }
    }
}
