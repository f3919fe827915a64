import HTTPTypes
import Hummingbird
import Reports

extension ExporterResponder {
    /// All that explains the verdict on the addon that the path names, as JSON.
    func explain(_ request: Request) async -> Response {
        let parts = request.uri.path.dropFirst(Self.addonPath.count)
            .split(separator: "/", omittingEmptySubsequences: false).map(String.init).map(\.percentDecoded)
        guard (2...3).contains(parts.count), !parts.contains("") else {
            return text(.notFound, "Name the addon as \(Self.addonPath)ACCOUNT/PROJECT/ADDON.\n")
        }
        let days = request.uri.queryParameters.get("days") ?? "\(Explanation.defaultDays)"
        guard let days = Int(days), Explanation.allowedDays.contains(days) else {
            let allowed = Explanation.allowedDays
            return text(.badRequest, "days is a number from \(allowed.lowerBound) to \(allowed.upperBound).\n")
        }
        let answer = await historyReads.run { [endpoints, links] in
            endpoints.explain(parts, days: days, runbooks: links.runbooks)
        }
        switch answer {
        case .explanation(let explanation):
            return response(.ok, "application/json", ResponseBody(byteBuffer: ByteBuffer(bytes: explanation.json)))
        case .unknown(let problem): return text(.notFound, "\(problem)\n")
        case .ambiguous(let problem): return text(.conflict, "\(problem)\n")
        case nil: return readsAreBusy
        }
    }

    var readsAreBusy: Response {
        var response = text(.serviceUnavailable, "Too many reads of the history wait; try again.\n")
        response.headers[.retryAfter] = "5"
        return response
    }
}
