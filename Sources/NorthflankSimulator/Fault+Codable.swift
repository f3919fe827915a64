#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The JSON of the control endpoints: one flat object with `kind` and the fields of this kind.
extension Fault: Codable {
    private enum Key: String, CodingKey, CaseIterable {
        case kind, endpoint, project, addon, path, times
        case seconds, status, retryAfter, body, bodyBase64, contentType, variant, location, bytes
    }

    /// A key of any name, to find unknown keys.
    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    package init(from decoder: any Decoder) throws {
        try self.init(from: decoder, kind: nil)
    }

    /// A fault whose JSON can omit `kind`, because the endpoint implies it.
    init(from decoder: any Decoder, kind impliedKind: String?) throws {
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys
        where Key(rawValue: key.stringValue) == nil {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "unknown key \(key.stringValue)"))
        }
        let values = try decoder.container(keyedBy: Key.self)
        scope = Scope(
            endpoint: try values.decodeIfPresent(Endpoint.self, forKey: .endpoint),
            project: try values.decodeIfPresent(String.self, forKey: .project),
            addon: try values.decodeIfPresent(String.self, forKey: .addon),
            path: try values.decodeIfPresent(String.self, forKey: .path))
        times = try values.decodeIfPresent(Int.self, forKey: .times)
        let name = try impliedKind ?? values.decode(String.self, forKey: .kind)
        kind = try Self.kind(name, values)
    }

    private static func kind(
        _ name: String, _ values: KeyedDecodingContainer<Key>
    ) throws -> Kind {
        switch name {
        case "latency": return .latency(seconds: try values.decode(Double.self, forKey: .seconds))
        case "status":
            return .status(
                try status(values, default: nil), retryAfter: try retryAfter(values),
                body: try values.decodeIfPresent(ErrorBody.self, forKey: .body) ?? .json)
        case "noAnswer": return .noAnswer
        case "cutBody": return .cutBody
        case "truncatedJSON": return .truncatedJSON
        case "malformedJSON": return .malformedJSON
        case "htmlPage": return .htmlPage
        case "wrongTypes":
            return .wrongTypes(
                try values.decodeIfPresent(WrongTypes.self, forKey: .variant) ?? .fields)
        case "repeatingCursor": return .repeatingCursor
        case "endlessPages": return .endlessPages
        case "redirect":
            return .redirect(
                location: try values.decode(String.self, forKey: .location),
                status: try status(values, default: 302))
        case "canned":
            return .canned(
                body: try body(values), status: try status(values, default: 200),
                contentType: try values.decodeIfPresent(String.self, forKey: .contentType)
                    ?? "application/json")
        case "oversizedBody":
            return .oversizedBody(bytes: try values.decode(Int.self, forKey: .bytes))
        case "deleted": return .deleted
        case "hiddenRateLimit": return .hiddenRateLimit
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: values, debugDescription: "unknown kind \(name)")
        }
    }

    private static func status(
        _ values: KeyedDecodingContainer<Key>, default fallback: Int?
    ) throws -> Int {
        let status =
            try fallback.map { try values.decodeIfPresent(Int.self, forKey: .status) ?? $0 }
            ?? values.decode(Int.self, forKey: .status)
        guard (200...599).contains(status) else {
            throw DecodingError.dataCorruptedError(
                forKey: .status, in: values, debugDescription: "status must be 200 to 599")
        }
        return status
    }

    /// Seconds as a number, or any text: an HTTP date, or nonsense.
    private static func retryAfter(_ values: KeyedDecodingContainer<Key>) throws -> String? {
        if let seconds = try? values.decode(Int.self, forKey: .retryAfter) { return String(seconds) }
        return try values.decodeIfPresent(String.self, forKey: .retryAfter)
    }

    private static func body(_ values: KeyedDecodingContainer<Key>) throws -> [UInt8] {
        if let text = try values.decodeIfPresent(String.self, forKey: .body) { return Array(text.utf8) }
        guard let data = Data(base64Encoded: try values.decode(String.self, forKey: .bodyBase64)) else {
            throw DecodingError.dataCorruptedError(
                forKey: .bodyBase64, in: values, debugDescription: "not Base64")
        }
        return Array(data)
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encodeIfPresent(scope.endpoint, forKey: .endpoint)
        try values.encodeIfPresent(scope.project, forKey: .project)
        try values.encodeIfPresent(scope.addon, forKey: .addon)
        try values.encodeIfPresent(scope.path, forKey: .path)
        try values.encodeIfPresent(times, forKey: .times)
        switch kind {
        case .latency(let seconds):
            try values.encode(seconds, forKey: .seconds)
        case .status(let status, let retryAfter, let body):
            try values.encode(status, forKey: .status)
            try values.encodeIfPresent(retryAfter, forKey: .retryAfter)
            try values.encode(body, forKey: .body)
        case .wrongTypes(let variant):
            try values.encode(variant, forKey: .variant)
        case .redirect(let location, let status):
            try values.encode(location, forKey: .location)
            try values.encode(status, forKey: .status)
        case .canned(let body, let status, let contentType):
            try values.encode(Data(body).base64EncodedString(), forKey: .bodyBase64)
            try values.encode(status, forKey: .status)
            try values.encode(contentType, forKey: .contentType)
        case .oversizedBody(let bytes):
            try values.encode(bytes, forKey: .bytes)
        default:
            break
        }
        try values.encode(kind.name, forKey: .kind)
    }
}

extension Fault.Kind {
    /// The name of this kind in JSON.
    var name: String {
        switch self {
        case .latency: "latency"
        case .status: "status"
        case .noAnswer: "noAnswer"
        case .cutBody: "cutBody"
        case .truncatedJSON: "truncatedJSON"
        case .malformedJSON: "malformedJSON"
        case .htmlPage: "htmlPage"
        case .wrongTypes: "wrongTypes"
        case .repeatingCursor: "repeatingCursor"
        case .endlessPages: "endlessPages"
        case .redirect: "redirect"
        case .canned: "canned"
        case .oversizedBody: "oversizedBody"
        case .deleted: "deleted"
        case .hiddenRateLimit: "hiddenRateLimit"
        }
    }
}
