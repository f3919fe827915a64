import Backups
import Exposition
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import Polling
import Reports
import Settings
import Synchronization

@testable import ExporterHTTP

/// The bytes of a connection, as the server's decoder takes them; each request is answered.
struct RequestFuzzer: Fuzzer {
    private static let statuses = [200, 202, 400, 401, 403, 404, 405, 409, 413, 500, 503]
    /// One for all requests: a channel that is not closed is never freed.
    private static let connection = NIOAsyncTestingChannel()
    private let responder = ExporterResponder(endpoints: Endpoints(), allowsReload: true)

    func run(_ bytes: [UInt8]) {
        for request in Self.requests(in: bytes) {
            let (response, body) = waiting { [responder] in await Self.answer(request.head, request.body, by: responder)
            }
            precondition(Self.statuses.contains(response.status.code), "an unexpected status: \(response.status)")
            if request.head.method == .head {
                precondition(body == 0, "the response to HEAD has a body")
            } else if response.status == .ok {
                precondition(body > 0, "a response without a body")
            }
        }
    }

    /// The response to a request, and the number of bytes in its body.
    private static func answer(
        _ head: HTTPRequest, _ body: ByteBuffer, by responder: ExporterResponder
    ) async -> (Response, Int) {
        let context = ExporterResponder.Context(
            source: ApplicationRequestContextSource(channel: connection, logger: Logger(label: "fuzzers")))
        do {
            let response = try await responder.respond(
                to: Request(head: head, body: RequestBody(buffer: body)), context: context)
            let writer = Counter()
            try await response.body.write(writer)
            return (response, writer.bytes.withLock { $0 })
        } catch {
            fatalError("a request has no response: \(error)")
        }
    }

    /// The complete requests that the server would see.
    private static func requests(in bytes: [UInt8]) -> [(head: HTTPRequest, body: ByteBuffer)] {
        let channel = EmbeddedChannel()
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 8 * 1024
        limits.maxHeaderListSize = 16 * 1024
        limits.maxHeaderFieldCount = 100
        do {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandlers([
                HTTPResponseEncoder(),
                ByteToMessageHandler(
                    HTTPRequestDecoder(
                        leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .drop,
                        limitConfiguration: limits)),
                BodyFramingInstaller(), HTTP1ToHTTPServerCodec(secure: false),
            ])
            try channel.writeInbound(ByteBuffer(bytes: bytes))
        } catch {
            // Malformed bytes end the connection; the requests before them count.
        }
        var requests: [(head: HTTPRequest, body: ByteBuffer)] = []
        var current: (head: HTTPRequest, body: ByteBuffer)?
        while let part = try? channel.readInbound(as: HTTPRequestPart.self) {
            switch part {
            case .head(let head): current = (head, ByteBuffer())
            case .body(var buffer): current?.body.writeBuffer(&buffer)
            case .end: if let request = current { requests.append(request) }
            }
        }
        _ = try? channel.finish(acceptAlreadyClosed: true)
        return requests
    }
}

/// An exporter that knows nothing, and whose webhooks take the secret `right`.
private struct Endpoints: ExporterEndpoints {
    func page(_ format: ExpositionFormat) -> any PagePieces { OnePiece() }
    var isReady: Bool { true }
    var standstill: String? { nil }
    func report() -> HealthReport { HealthReport([], now: Timestamp(milliseconds: 1_767_225_600_000)) }
    var shards: (count: Int, addresses: [String]?) { (1, nil) }
    func backupReport(_ request: ReportRequest) throws(ReportRequest.Problem) -> BackupReport {
        throw ReportRequest.Problem(description: "the history has nothing")
    }
    func explain(_ path: [String], days: Int, runbooks: RunbookLinks) -> ExplanationAnswer {
        .unknown("no addon is watched")
    }
    func forget(_ key: AddonKey) -> Forgetting { .notGone }
    func copyState() async -> Result<StateFile, StateFile.Failure> { .failure(StateFile.Failure("there is none")) }
    func reload() throws(ConfigurationError) {}
    func check(webhookToken: String?) -> Webhooks.Answer { webhookToken == "right" ? .accepted : .forged }
    func receive(webhookToken: String?, eventID: String?, body: [UInt8]) -> Webhooks.Answer {
        check(webhookToken: webhookToken)
    }
}

/// Counts the bytes of a body.
private final class Counter: ResponseBodyWriter {
    let bytes = Mutex(0)

    func write(_ buffer: ByteBuffer) { bytes.withLock { $0 += buffer.readableBytes } }
    func finish(_ trailingHeaders: HTTPFields?) {}
}

private struct OnePiece: PagePieces {
    private var isAtEnd = false

    mutating func next(_ piece: inout [UInt8]) -> Bool {
        defer { isAtEnd = true }
        if !isAtEnd { piece += "northflank_addon_up 1\n".utf8 }
        return !isAtEnd
    }
}
