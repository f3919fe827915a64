import HTTPTypes
import Hummingbird
import NIOCore

extension ExporterResponder {
    /// The route of a copy of the history.
    package static let statePath = "/api/state"

    /// The history as one database. Off without the lifecycle API: a copy costs as much disk as the history has, and names
    /// addons and policies of years.
    func state(_ channel: any Channel) async -> Response {
        guard allowsReload else {
            return text(
                .forbidden, "Copying the history over HTTP is off; start the exporter with --web.enable-lifecycle.\n")
        }
        switch await endpoints.copyState() {
        case .failure(let failure):
            var response = text(.serviceUnavailable, "\(failure.message)\n")
            response.headers[.retryAfter] = "5"
            return response
        case .success(let file):
            let headers: HTTPFields = [
                .contentType: "application/vnd.sqlite3", .xContentTypeOptions: "nosniff", .cacheControl: "no-store",
                .contentDisposition: #"attachment; filename="history.sqlite""#,
            ]
            return Response(status: .ok, headers: headers, body: Self.body(of: file, on: channel))
        }
    }

    private static func body(of file: StateFile, on channel: any Channel) -> ResponseBody {
        ResponseBody(contentLength: file.size) { writer in
            var position = 0
            while position < file.size {
                let bytes = try file.bytes(position, min(PageStream.chunkSize, file.size - position))
                try await writer.write(ByteBuffer(bytes: bytes))
                position += bytes.count
                if position < file.size { await channel.allIsSent() }
            }
            try await writer.finish(nil)
        }
    }
}
