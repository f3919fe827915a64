/// The simulated endpoints of the API.
package enum Endpoint: String, Sendable, CaseIterable, Codable {
    /// `GET /v1/projects`
    case projects
    /// `GET /v1/projects/{p}`
    case project
    /// `GET /v1/projects/{p}/addons`
    case addons
    /// `GET /v1/projects/{p}/addons/{a}`
    case addon
    /// `GET /v1/projects/{p}/addons/{a}/backups`
    case backups
    /// `GET /v1/projects/{p}/addons/{a}/backup-schedules`
    case schedules = "backup-schedules"
    /// `GET /v1/projects/{p}/addons/{a}/restores`
    case restores
    /// `GET /v1/auth`
    case auth
    /// Any other path.
    case other

    /// The field of `data` that contains the list; empty for an endpoint without a list.
    var listKey: String {
        switch self {
        case .projects: "projects"
        case .addons: "addons"
        case .backups: "backups"
        case .schedules: "schedules"
        case .restores: "restores"
        case .project, .addon, .auth, .other: ""
        }
    }
}

/// A parsed request target.
struct Route: Sendable, Equatable {
    /// The path as the client sent it, without the query.
    let rawPath: String
    let rawQuery: String
    /// The decoded segments; nil if the percent-encoding is invalid.
    let segments: [String]?
    /// The team of a team route.
    var team: String?
    var endpoint = Endpoint.other
    var project: String?
    var addon: String?

    init(target: String) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        rawPath = String(parts.first ?? "")
        rawQuery = parts.count > 1 ? String(parts[1]) : ""
        segments = Self.decodedSegments(rawPath)
        guard var rest = segments?[...], rest.popFirst() == "v1" else { return }
        if rest == ["auth"] {
            endpoint = .auth
            return
        }
        if rest.first == "teams", rest.count > 1 {
            team = rest[rest.startIndex + 1]
            rest = rest.dropFirst(2)
        }
        guard rest.popFirst() == "projects" else { return }
        guard let project = rest.popFirst() else {
            endpoint = .projects
            return
        }
        self.project = project
        guard let addons = rest.popFirst() else {
            endpoint = .project
            return
        }
        guard addons == "addons" else { return }
        guard let addon = rest.popFirst() else {
            endpoint = .addons
            return
        }
        self.addon = addon
        guard let last = rest.popFirst() else {
            endpoint = .addon
            return
        }
        guard rest.isEmpty, let named = Endpoint(rawValue: last),
            [.backups, .schedules, .restores].contains(named)
        else { return }
        endpoint = named
    }

    /// The segments of an absolute path, decoded one by one, so that an encoded slash stays within its segment. One
    /// trailing slash is ignored.
    private static func decodedSegments(_ path: String) -> [String]? {
        guard path.hasPrefix("/") else { return nil }
        var raw = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        if raw.last == "" { raw.removeLast() }
        var segments: [String] = []
        for segment in raw {
            guard let decoded = PercentEncoding.decoded(segment, plusIsSpace: false) else { return nil }
            segments.append(decoded)
        }
        return segments
    }
}

/// Percent-encoding of RFC 3986, and of forms.
enum PercentEncoding {
    /// The decoded text; nil if an escape is invalid or the bytes are not UTF-8.
    static func decoded(_ text: Substring, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit)
                else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace:
                bytes.append(UInt8(ascii: " "))
            default:
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
