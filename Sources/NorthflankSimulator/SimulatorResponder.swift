internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore

/// Provides the connection, so that the responder can close it without an answer.
struct SimulatorContext: InitializableFromSource {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        channel = source.channel
    }
}

/// Converts HTTP requests to ``SimulatedRequest``, and ``SimulatedAnswer`` to HTTP responses.
struct SimulatorResponder: HTTPResponder {
    /// Thrown to truncate a response; the server then closes the connection.
    private struct CutShort: Error {}

    /// Seconds after which a connection without an answer closes.
    private static let hold = 60.0
    private static let maximumControlBody = 16 << 20

    let simulator: Simulator

    func respond(to request: Request, context: SimulatorContext) async throws -> Response {
        let target = request.head.path ?? "/"
        var simulated = SimulatedRequest(
            method: request.method.rawValue, target,
            authorization: request.headers[.authorization], userAgent: request.headers[.userAgent],
            acceptEncoding: request.headers[.acceptEncoding])
        if target.hasPrefix("/_simulator/"), request.method != .get {
            let body = try await request.body.collect(upTo: Self.maximumControlBody)
            simulated.body = Array(body.readableBytesView)
        }
        let answer = await simulator.answer(to: simulated)
        if answer.delay > 0 { try await simulator.sleep(answer.delay) }
        if answer.delivery == .never {
            let sleep = simulator.sleep
            // Ends early when the client closes the connection. The error is ignored, because no response follows.
            try? await request.body.consumeWithCancellationOnInboundClose { _ in
                try await sleep(Self.hold)
            }
            try await context.channel.close()
            throw CutShort()
        }
        return response(answer)
    }

    private func response(_ answer: SimulatedAnswer) -> Response {
        var headers = HTTPFields()
        for (name, value) in answer.headers {
            guard let name = HTTPField.Name(name) else { continue }
            headers.append(HTTPField(name: name, value: value))
        }
        let status = HTTPResponse.Status(code: answer.status)
        let body = ByteBuffer(bytes: answer.body)
        guard answer.delivery == .cut else {
            return Response(status: status, headers: headers, body: .init(byteBuffer: body))
        }
        let half = ByteBuffer(bytes: answer.body.prefix(answer.body.count / 2))
        return Response(
            status: status, headers: headers,
            body: ResponseBody(contentLength: body.readableBytes) { writer in
                try await writer.write(half)
                throw CutShort()
            })
    }
}
