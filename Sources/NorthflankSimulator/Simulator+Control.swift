#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The endpoints under `/_simulator/`, for tests in other languages. They need no token.
extension Simulator {
    func control(_ request: SimulatedRequest, _ route: Route) -> SimulatedAnswer {
        do {
            switch (request.method, route.rawPath) {
            case ("GET", "/_simulator/truth"):
                return .json(truthBody())
            case ("GET", "/_simulator/clock"):
                return .json(clockBody())
            case ("GET", "/_simulator/outcomes"):
                return .json(outcomesBody())
            case ("GET", "/_simulator/webhooks"):
                return .json(webhookLog.json.bytes)
            case ("GET", "/_simulator/requests"):
                return .json(requests.json.bytes)
            case ("DELETE", "/_simulator/requests"):
                resetRequests()
            case ("GET", "/_simulator/faults"):
                return .json(Array(try JSONEncoder().encode(faults)))
            case ("PUT", "/_simulator/faults"):
                setFaults(try decode([Fault].self, request))
            case ("POST", "/_simulator/canned"):
                addFault(try decode(ControlBody.Canned.self, request).fault)
            case ("POST", "/_simulator/token"):
                setToken(try decode(ControlBody.Token.self, request).token)
            case ("PUT", "/_simulator/rate-limit"):
                let body = try decode(ControlBody.RateLimit.self, request)
                setRateLimit(body.limit, window: body.windowSeconds ?? 3600)
            case ("PUT", "/_simulator/personalities"):
                try setPersonalities(decode(ControlBody.Personalities.self, request).values)
            case ("POST", "/_simulator/backups"):
                let body = try decode(ControlBody.Backup.self, request)
                let id = try addBackup(body.backup, project: body.project, addon: body.addon)
                let answer: JSONValue = ["id": .string(id)]
                return .json(answer.bytes)
            case ("DELETE", "/_simulator/backups"):
                let body = try decode(ControlBody.Deletion.self, request)
                try deleteBackup(body.id, project: body.project, addon: body.addon)
            case ("PUT", "/_simulator/webhook"):
                setWebhook(try decode(ControlBody.Hook.self, request).webhook)
            default:
                return .error(404, id: "not-found", "No such control endpoint")
            }
            return SimulatedAnswer(status: 204, headers: [], body: [])
        } catch let refusal as FleetRefusal {
            let id = refusal.status == 404 ? "not-found" : "invalid-request"
            return .error(refusal.status, id: id, refusal.description)
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
}
