import HTTPTypes
import Hummingbird
import NIOCore
import Reports

extension ExporterResponder {
    /// The report of a range of days. Made on the thread of the reads, so that scrapes do not wait.
    func backupReport(_ request: Request, _ channel: any Channel) async -> Response {
        let report: ReportRequest
        do throws(ReportRequest.Problem) {
            let query = request.uri.queryParameters.map { (name: String($0.key), value: String($0.value)) }
            report = try ReportRequest(query: query)
        } catch {
            return text(.badRequest, "\(error).\n")
        }
        let answer = await historyReads.run { [endpoints] () -> Result<ByteBuffer, ReportRequest.Problem> in
            do throws(ReportRequest.Problem) {
                return .success(ByteBuffer(bytes: try endpoints.backupReport(report).bytes))
            } catch {
                return .failure(error)
            }
        }
        switch answer {
        case .success(let bytes):
            return response(.ok, report.format.contentType, ChunkedBody.body(of: bytes, on: channel))
        case .failure(let problem): return text(.notFound, "\(problem).\n")
        case nil: return readsAreBusy
        }
    }
}
