import Backups
import YAMLDocument

extension AccountConfiguration {
    private static let keys = [
        "name", "base_url", "token_file", "token_env", "team", "ca_file", "insecure_http", "addons", "discovery",
        "policies", "objective", "restores", "webhook",
    ]

    /// Nil if the node cannot be read; its problems have been reported.
    init?(_ node: ConfigNode) {
        guard let keys = node.mapping(keys: Self.keys) else { return nil }
        let token = Self.token(node, keys)
        // Without a token the other keys are read all the same, to report their problems.
        self.init(token: token ?? .environment(""))
        name = keys["name"].flatMap { $0.string() } ?? name
        insecureHTTP = keys["insecure_http"]?.bool() ?? false
        team = keys["team"]?.slug()
        places = ["base_url", "team"].reduce(into: [:]) { places, key in places[key] = keys[key]?.source().place }
        caFile = keys["ca_file"]?.string("the path of a PEM file")
        if let caFile { node.collector.checks.file(caFile).map { keys["ca_file"]?.report($0) } }
        if let urlNode = keys["base_url"], let text = urlNode.string("a URL such as \(Self.defaultBaseURL)") {
            switch BaseURL.normalize(text, insecureHTTP: insecureHTTP) {
            case .success(let url): baseURL = url
            case .failure(let problem): urlNode.report(problem.message)
            }
        }
        objective = keys["objective"].map(ObjectiveConfiguration.init) ?? objective
        // The zone of the windows is that of the objective, which is read by now.
        let timeZone = objective.isTimeZoneAuto ? Zone.utc.identifier : objective.timeZone
        policies = keys["policies"].map { $0.policies(timeZone: timeZone) } ?? policies
        restores = keys["restores"]?.bool() ?? restores
        if let webhook = keys["webhook"], webhook.node.scalar != nil {
            // The message does not repeat the value, which may be the secret.
            webhook.report(
                "expected a mapping with the keys token_file, token_env; the secret itself must not stand here")
        } else if let webhook = keys["webhook"], let inner = webhook.mapping(keys: ["token_file", "token_env"]) {
            webhookToken = Self.token(webhook, inner)
        }
        let problems = node.collector.count
        addons = keys["addons"].map(Self.targets) ?? []
        discovery = keys["discovery"].map(DiscoveryConfiguration.init) ?? discovery
        if keys["discovery"] == nil { discovery.enabled = addons.isEmpty && keys["addons"] == nil }
        // Not in addition to another problem, which is probably the reason.
        if addons.isEmpty, !discovery.enabled, node.collector.count == problems {
            node.report("watches nothing: list addons, or set discovery.enabled to true")
        }
        if token == nil { return nil }
    }

    /// Nil if no usable place of the token is given; the problem has been reported.
    private static func token(_ node: ConfigNode, _ keys: [String: ConfigNode]) -> TokenReference? {
        let place: ConfigNode
        let token: TokenReference
        switch (keys["token_file"], keys["token_env"]) {
        case (let file?, nil):
            guard let path = file.string("the path of a file that holds the token") else { return nil }
            (place, token) = (file, .file(path))
        case (nil, let variable?):
            guard let name = variable.string("the name of an environment variable that holds the token") else {
                return nil
            }
            guard name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
                variable.report("is not the name of an environment variable; the token itself must not stand here")
                return nil
            }
            (place, token) = (variable, .environment(name))
        case (nil, nil):
            node.report("expected token_file (a path) or token_env (the name of a variable); found neither")
            return nil
        case (_?, let variable?):
            variable.report("token_file is set too; keep one of the two")
            return nil
        }
        node.collector.checks.token(token).map(place.report)
        return token
    }

    private static func targets(_ list: ConfigNode) -> [Target] {
        var lines: [String: Int?] = [:]
        return (list.list() ?? []).compactMap { node in
            guard let keys = node.mapping(keys: ["project", "addon", "max_age", "grace", "sizes_since"]) else {
                return nil
            }
            for key in ["project", "addon"] where keys[key] == nil {
                node.report("\(key) is missing; expected {project: …, addon: …} with the ids of both")
            }
            guard let project = keys["project"]?.slug(), let addon = keys["addon"]?.slug() else { return nil }
            var target = Target(
                project: project, addon: addon, maxAge: keys["max_age"]?.maxAge(), grace: keys["grace"]?.grace(),
                sizesSince: keys["sizes_since"]?.instant())
            target.place = node.source().place
            target.sources = node.sources([.maxAge, .grace], keys)
            if let first = lines["\(project)/\(addon)"] {
                let place = first.map { " on line \($0)" } ?? ""
                node.report("\(project)/\(addon) is already listed\(place); remove one of the two")
                return nil
            }
            lines["\(project)/\(addon)"] = node.line
            return target
        }
    }
}

extension ConfigNode {
    /// An id of the API.
    func slug() -> String? {
        guard let text = string("an id such as \"orders-db\"") else { return nil }
        guard Slug.isValid(text) else {
            report("\"\(text)\" is not an id: \(Slug.rule)")
            return nil
        }
        return text
    }
}

/// The ids of the API: `^[A-Za-z0-9-]+$`.
enum Slug {
    static let rule = "ids have letters, digits and hyphens only, as in the address of the page in Northflank"
    static let characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"

    static func isValid(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
