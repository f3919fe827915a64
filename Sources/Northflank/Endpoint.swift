/// The name of a list of the API, or of the route about the token. The raw value is the label `endpoint`.
package enum EndpointName: String, CaseIterable, Sendable {
    case projects, addons, backups, schedules, restores, auth
}

/// One route of the API, as a path below the base URL.
package struct Endpoint: Equatable, Sendable {
    package let name: EndpointName
    private let segments: [String]
    /// Whether it answers with pages of a list, and has a route for each team.
    private var isList = true

    /// The token itself, which needs no permission.
    package static let auth = Endpoint(name: .auth, segments: ["auth"], isList: false)

    package static let projects = Endpoint(name: .projects, segments: ["projects"])

    package static func addons(project: String) -> Endpoint {
        Endpoint(name: .addons, segments: ["projects", project, "addons"])
    }

    package static func backups(project: String, addon: String) -> Endpoint {
        Endpoint(name: .backups, segments: ["projects", project, "addons", addon, "backups"])
    }

    package static func schedules(project: String, addon: String) -> Endpoint {
        Endpoint(name: .schedules, segments: ["projects", project, "addons", addon, "backup-schedules"])
    }

    package static func restores(project: String, addon: String) -> Endpoint {
        Endpoint(name: .restores, segments: ["projects", project, "addons", addon, "restores"])
    }

    /// Nil for a route that is not about a project.
    package var project: String? { isList && segments.count > 1 ? segments[1] : nil }

    /// Nil for a route that is not about an addon.
    package var addon: String? { segments.count > 3 ? segments[3] : nil }

    /// Entries of a page: the API's maximum.
    package static let pageSize = 100

    /// The URL of one page. What is no list has one page, and no route for teams.
    package func url(base: String, team: String?, page: Pager.Request) -> String {
        let all = ["v1"] + (team.flatMap { isList ? ["teams", $0] : nil } ?? []) + segments
        let path = all.map(\.percentEncoded).joined(separator: "/")
        guard isList else { return "\(base)/\(path)" }
        let position =
            switch page {
            case .first: ""
            case .cursor(let cursor): "&cursor=" + cursor.percentEncoded
            case .page(let number): "&page=\(number)"
            }
        return "\(base)/\(path)?per_page=\(Self.pageSize)\(position)"
    }
}

extension String {
    /// All but the unreserved characters of RFC 3986 encoded, because a cursor can contain any character.
    package var percentEncoded: String { percentEncoded(keeping: "") }

    /// - Parameter kept: other characters that stay, which are ASCII.
    package func percentEncoded(keeping kept: String) -> String {
        var encoded = ""
        for byte in utf8 {
            switch byte {
            case _ where kept.utf8.contains(byte): encoded.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                encoded += byte < 16 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return encoded
    }
}
