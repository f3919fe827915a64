import YAMLDocument

extension WebConfiguration.TLS {
    /// The keys that name files.
    static let fileKeys = ["cert_file", "key_file", "client_ca_file"]

    private static let keys =
        fileKeys + [
            "cert", "key", "client_ca", "client_auth_type", "client_allowed_sans", "min_version", "max_version",
            "cipher_suites", "curve_preferences", "prefer_server_cipher_suites",
        ]

    /// Nil without TLS, or if the node cannot be read; its problems have been reported.
    init?(_ node: ConfigNode, files: NamedFiles, allowsHTTP2: Bool, warnings: ProblemCollector) {
        guard let keys = node.mapping(keys: Self.keys)?.filter({ !$0.value.isNull }), !keys.isEmpty else { return nil }
        let certificate = PEMText.certificate.read(keys, files)
        let key = PEMText.key.read(keys, files)
        for missing in [PEMText.certificate, .key] where keys[missing.rawValue] == nil && keys[missing.fileKey] == nil {
            node.report("\(missing.fileKey) is missing; expected the path of a PEM file")
        }
        // Without them the other keys are read all the same, to report their problems.
        self.init(certificate: certificate ?? [], key: key ?? [])
        readClients(keys, files, warnings)
        readVersions(keys)
        readSuites(keys, allowsHTTP2, warnings)
        curves = keys["curve_preferences"]?.choices(Self.knownCurves) ?? []
        // Read for its type only: the server prefers its own order, as those of Go since 1.17.
        _ = keys["prefer_server_cipher_suites"]?.bool()
        if certificate == nil || key == nil { return nil }
    }

    private mutating func readClients(
        _ keys: [String: ConfigNode], _ files: NamedFiles, _ warnings: ProblemCollector
    ) {
        clientAuthorities = PEMText.authorities.read(keys, files)
        let type = keys["client_auth_type"]
        // The second name of one kind is Go's, from before the first.
        let known = ClientAuthentication.allCases.map(\.rawValue)
        let word = type?.node.scalar?.text == "RequireClientCert" ? "RequireAnyClientCert" : type?.choice(known)
        if type != nil, word == nil { return }
        clientAuthentication = word.flatMap(ClientAuthentication.init(rawValue:)) ?? .none

        let authorities = keys["client_ca_file"] ?? keys["client_ca"]
        let secure = "RequireAndVerifyClientCert"
        if let authorities, !clientAuthentication.verifies {
            authorities.report(
                "client_auth_type \(clientAuthentication.rawValue) checks no certificate against it; "
                    + "set client_auth_type to \(secure)")
        }
        if let type, authorities == nil, clientAuthentication.verifies {
            type.report(
                "client_ca_file is missing; expected the path of the authorities that certificates of clients are from")
        }
        guard let names = keys["client_allowed_sans"], let texts = names.strings() else { return }
        allowedClientNames = texts
        if texts.isEmpty { names.report("expected at least one name; leave the key out for any") }
        if clientAuthentication == .requireAny {
            warnings.report(
                line: names.line, key: names.path,
                "clients can make certificates with these names themselves; set client_auth_type to \(secure)")
        } else if clientAuthentication != .requireAndVerify {
            names.report(
                "client_auth_type \(clientAuthentication.rawValue) admits clients without a certificate, "
                    + "which have no name; set it to \(secure)")
        }
    }

    private mutating func readVersions(_ keys: [String: ConfigNode]) {
        func version(_ key: String) -> WebConfiguration.TLSVersion? {
            keys[key]?.choice(WebConfiguration.TLSVersion.allCases.map(\.rawValue))
                .flatMap(WebConfiguration.TLSVersion.init(rawValue:))
        }
        let lowest = version("min_version") ?? .tls12
        let highest = version("max_version") ?? .tls13
        guard lowest <= highest else {
            (keys["min_version"] ?? keys["max_version"])?.report(
                "no version is from min_version \(lowest.rawValue) to max_version \(highest.rawValue)")
            return
        }
        versions = lowest...highest
    }

    private typealias ClientAuthentication = WebConfiguration.ClientAuthentication
}

extension WebConfiguration.ClientAuthentication {
    /// Whether certificates are compared with the authorities.
    var verifies: Bool { self == .verifyIfGiven || self == .requireAndVerify }
}
