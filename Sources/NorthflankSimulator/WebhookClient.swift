internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// A client for webhooks: one POST for each connection.
struct WebhookClient: Sendable {
    /// The connection closed before the answer, or the answer did not arrive in time.
    struct NoAnswer: Error {}

    /// Seconds for the whole of a request.
    var timeout = 5.0

    func send(_ notification: WebhookNotification, to webhook: Webhook) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask { try await Self.post(notification, to: webhook) }
            group.addTask { [timeout] in
                try await Task.sleep(for: .seconds(timeout))
                throw NoAnswer()
            }
            defer { group.cancelAll() }
            guard let status = try await group.next() else { throw NoAnswer() }
            return status
        }
    }

    private static func post(_ notification: WebhookNotification, to webhook: Webhook) async throws -> Int {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(5))
            .connect(host: webhook.host, port: webhook.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                        wrappingChannelSynchronously: channel)
                }
            }
        let body = ByteBuffer(bytes: notification.body)
        var headers = HTTPHeaders(notification.headers(token: webhook.token).map { ($0.name, $0.value) })
        let host = webhook.host.contains(":") ? "[\(webhook.host)]" : webhook.host
        headers.add(name: "Host", value: "\(host):\(webhook.port)")
        headers.add(name: "Content-Length", value: String(body.readableBytes))
        headers.add(name: "Connection", value: "close")
        let head = HTTPRequestHead(
            version: .http1_1, method: .POST, uri: webhook.target, headers: headers)
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(
                contentsOf: [.head(head), .body(.byteBuffer(body)), .end(nil)])
            var status: Int?
            for try await part in inbound {
                switch part {
                case .head(let head): status = Int(head.status.code)
                case .body: break
                case .end:
                    if let status { return status }
                }
            }
            throw NoAnswer()
        }
    }
}
