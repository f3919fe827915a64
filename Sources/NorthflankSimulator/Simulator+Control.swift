#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The endpoints under `/_simulator/`, for tests in other languages. They need no token.
extension Simulator {
    private struct TokenBody: Decodable {
        let token: String
    }

    private struct RateLimitBody: Decodable {
        let limit: Int?
        let windowSeconds: Double?
    }

    func control(_ request: SimulatedRequest, _ route: Route) -> SimulatedAnswer {
        do {
            switch (request.method, route.rawPath) {
            case ("GET", "/_simulator/truth"):
                return .json(truthBody())
            case ("GET", "/_simulator/requests"):
                return .json(requests.json.bytes)
            case ("DELETE", "/_simulator/requests"):
                resetRequests()
            case ("GET", "/_simulator/faults"):
                return .json(Array(try JSONEncoder().encode(faults)))
            case ("PUT", "/_simulator/faults"):
                setFaults(try decode([Fault].self, request))
            case ("POST", "/_simulator/canned"):
                addFault(try decode(CannedFault.self, request).fault)
            case ("POST", "/_simulator/token"):
                setToken(try decode(TokenBody.self, request).token)
            case ("PUT", "/_simulator/rate-limit"):
                let body = try decode(RateLimitBody.self, request)
                setRateLimit(body.limit, window: body.windowSeconds ?? 3600)
            default:
                return .error(404, id: "not-found", "No such control endpoint")
            }
            return SimulatedAnswer(status: 204, headers: [], body: [])
        } catch {
            return .error(400, id: "invalid-request", Self.message(of: error))
        }
    }

    private func decode<Body: Decodable>(
        _ type: Body.Type, _ request: SimulatedRequest
    ) throws -> Body {
        try JSONDecoder().decode(type, from: Data(request.body))
    }

    private static func message(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .keyNotFound(let key, _): return "missing key \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
            let place = path.isEmpty ? "" : " at " + path.joined(separator: ".")
            return context.debugDescription + place
        @unknown default: return "\(error)"
        }
    }

    private func truthBody() -> [UInt8] {
        let (now, options) = setting
        var bytes: [UInt8] = []
        bytes.append(UInt8(ascii: "{"))
        bytes.appendField("now", Timestamp.text(seconds: now), first: true)
        bytes.append(text: ",\"nowSeconds\":\(now),\"seed\":\(options.seed)")
        bytes.append(text: ",\"timeScale\":\(options.timeScale)")
        bytes.appendField("team", json: options.team.map { .string($0) } ?? .null)
        bytes.append(text: ",\"projects\":")
        bytes.appendList(truth(at: now)) { $1.writeTruth(to: &$0) }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}

/// A ``Fault`` of kind `canned` whose JSON need not say so.
private struct CannedFault: Decodable {
    let fault: Fault

    init(from decoder: any Decoder) throws {
        fault = try Fault(from: decoder, kind: "canned")
    }
}

extension SimulatedProject {
    fileprivate func writeTruth(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        bytes.appendField("id", id, first: true)
        bytes.appendField("name", name)
        bytes.appendField("description", description)
        bytes.append(text: ",\"addons\":")
        bytes.appendList(addons) { $1.writeTruth(to: &$0) }
        bytes.append(UInt8(ascii: "}"))
    }
}

extension SimulatedAddon {
    fileprivate func writeTruth(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        bytes.appendField("id", id, first: true)
        bytes.appendField("name", name)
        bytes.appendField("type", type)
        bytes.appendField("status", status)
        bytes.appendField("version", version)
        bytes.append(text: ",\"storageMegabytes\":\(storageMegabytes)")
        bytes.appendField("createdAt", createdAt)
        bytes.appendField("personality", personality)
        bytes.append(text: ",\"schedules\":")
        bytes.appendList(schedules) { $1.write(to: &$0) }
        bytes.append(text: ",\"backups\":")
        bytes.appendList(backups) { $1.write(to: &$0) }
        bytes.append(text: ",\"restores\":")
        bytes.appendList(restores) { $1.write(to: &$0) }
        bytes.append(UInt8(ascii: "}"))
    }
}
