import Backups
import Northflank
import Settings

/// What to do about an error, with the names of the file, variable, host or id that it is about. Pure.
struct Remedy {
    let account: AccountConfiguration

    init(_ account: AccountConfiguration) { self.account = account }

    /// What to do about a failed request.
    ///
    /// - Parameter key: the addon of the request; nil for a request of the lists.
    func text(_ error: APIError, of key: AddonKey?) -> String? {
        switch error.reason {
        case .unauthorized: token
        case .forbidden:
            key.map {
                "give the token's role Project > Addons > General > Read in project \($0.project)"
            } ?? "give the token's role Project > Projects > Manage > Read and Project > Addons > General > Read"
        case .notFound: notFound(key)
        case .unavailable: "check Northflank's status page; the exporter retries every minute"
        case .timeout: "check the network: curl -sv -m 10 \(account.baseURL)/ ; the exporter retries every minute"
        case .connect where error.isRefused: "use https in \(baseURL)"
        case .connect: "check the firewall, HTTPS_PROXY and \(baseURL) where the exporter runs"
        case .dns: "check the name resolution where the exporter runs: getent hosts \(name)"
        case .tls:
            "check the clock and the CA certificates where the exporter runs, and any proxy that intercepts TLS"
        case .proxy: "correct HTTPS_PROXY, or add \(name) to NO_PROXY"
        case .rateLimited:
            "nothing, if it ends by itself; if it repeats, lower budget_share, or find the other user of the token's "
                + "account"
        case .clientError where error.redirect != nil:
            "set \(baseURL) to https://\(error.redirect ?? ""), if that is Northflank's"
        case .clientError: "check \(baseURL) and the proxies between"
        case .decode where error.isTooLarge: "check \(baseURL) and the proxies between"
        case .decode, .pagination: "update the exporter; if the error stays, report it with this message"
        case .cancelled: nil
        }
    }

    /// What to do about a token that is refused.
    private var token: String {
        switch account.token {
        case .file(let path): "put a valid token into \(path); the exporter reads it again at once"
        case .environment(let name): "set \(name) to a valid token and restart the exporter"
        }
    }

    private func notFound(_ key: AddonKey?) -> String {
        if let key, let target = account.addons.first(where: { AddonKey(account: account.name, $0) == key }) {
            return "correct the id\(Self.inBrackets(target.place)), or remove the entry"
        }
        if account.team != nil { return "set team\(place("team")) to the team's id, not its display name" }
        return "check that the id is the one in the address of Northflank's page, not a display name"
    }

    /// The key and its place.
    private var baseURL: String { (account.baseURLVariable ?? "base_url") + place("base_url") }

    /// The host of the base URL without its port.
    private var name: String {
        let rest = account.baseURL.firstRange(of: "://").map { account.baseURL[$0.upperBound...] } ?? ""
        return String(rest.prefix { $0 != "/" && $0 != ":" })
    }

    /// Such as ` (config.yml:6)`.
    private func place(_ key: String) -> String { Self.inBrackets(account.places[key]) }

    private static func inBrackets(_ place: String?) -> String { place.map { " (\($0))" } ?? "" }
}
