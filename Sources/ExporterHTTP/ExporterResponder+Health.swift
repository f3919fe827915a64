import HTTPTypes
import Hummingbird
import NIOCore
import Reports

extension ExporterResponder {
    /// Every addon with its verdict as JSON, or those that the query chooses.
    ///
    /// The report is made once a second for all clients. Only the whole of it is kept as JSON: there are more choices than
    /// memory.
    func health(_ request: Request, _ channel: any Channel) async -> Response {
        let now = channel.eventLoop.now
        let parameters = request.parameters
        if let odd = FleetQuery.unknown(in: parameters).first {
            let known = FleetQuery.parameters.joined(separator: ", ")
            return text(.badRequest, "\"\(odd)\" is not known; known are \(known).\n")
        }
        let json: ByteBuffer
        do throws(FleetFilter.Problem) {
            let query = try FleetQuery(query: parameters)
            if query.filter.isEmpty, query.page == nil {
                json = await healthJSON.value(now: now) { ByteBuffer(bytes: await report(now: now).json) }
            } else {
                json = ByteBuffer(bytes: try await report(now: now).answer(query).json)
            }
        } catch {
            return text(.badRequest, "\(error).\n")
        }
        return response(.ok, "application/json", ChunkedBody.body(of: json, on: channel))
    }
}
