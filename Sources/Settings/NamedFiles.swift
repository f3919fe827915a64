import YAMLDocument

/// The files that a configuration names, relative to its own folder.
struct NamedFiles {
    /// The path of the configuration.
    let file: String
    /// Whether the files are read; else they are taken for right.
    var isRead = true

    func path(_ name: String) -> String {
        guard !name.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return name }
        return file[...slash] + name
    }
}

/// The kinds of PEM texts in a web configuration; the raw values are the keys that hold them.
enum PEMText: String {
    case certificate = "cert"
    case key = "key"
    case authorities = "client_ca"

    /// The key that names a file with such a text.
    var fileKey: String { rawValue + "_file" }

    private var name: String {
        switch self {
        case .certificate: "a certificate"
        case .key: "a private key"
        case .authorities: "certificates of authorities"
        }
    }

    /// The text that stands in the file, or in the file that it names. Nil if there is none, or none that can be used,
    /// which is reported without it.
    func read(_ keys: [String: ConfigNode], _ files: NamedFiles) -> [UInt8]? {
        switch (keys[rawValue], keys[fileKey]) {
        case (nil, nil):
            return nil
        case (let inline?, nil):
            guard let text = inline.node.scalar?.string else {
                inline.report("expected \(name) as PEM text")
                return nil
            }
            if let problem = problem(Array(text.utf8)) {
                inline.report(problem)
                return nil
            }
            return Array(text.utf8)
        case (nil, let file?):
            return read(file, files)
        case (let inline?, _?):
            inline.report("\(fileKey) is set too; keep one of the two")
            return nil
        }
    }

    private func read(_ node: ConfigNode, _ files: NamedFiles) -> [UInt8]? {
        // The message does not repeat the value, which may be a key in the place of its path.
        guard let name = node.node.scalar?.string, !name.isEmpty, !name.contains("\n"), !name.hasPrefix("-----") else {
            node.report("expected the path of a PEM file; the PEM text itself belongs in \(rawValue)")
            return nil
        }
        guard files.isRead else { return [] }
        do throws(SmallFile.Problem) {
            let bytes = try SmallFile.read(files.path(name))
            guard let problem = problem(bytes) else { return bytes }
            node.report("\(files.path(name)) \(problem)")
        } catch {
            node.report("\(files.path(name)) \(error.message)")
        }
        return nil
    }

    /// What is wrong with a text; nil if it looks right. Whether its parts fit together shows when it is used.
    func problem(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        switch self {
        case .certificate, .authorities:
            return text.contains("-----BEGIN CERTIFICATE-----") ? nil : "has no certificate; expected \(name) in PEM"
        case .key:
            if text.contains("ENCRYPTED") {
                return "is encrypted; store the key without a password, readable by the exporter alone"
            }
            return text.contains("PRIVATE KEY-----") ? nil : "has no private key; expected one in PEM"
        }
    }
}
