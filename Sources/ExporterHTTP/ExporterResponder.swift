import Exposition
import Fleet
import HTTPTypes
package import Hummingbird
import NIOCore
import Polling
import Reports
import Settings

/// Answers every request to the exporter. The routes are few and fixed, so they are one switch.
package struct ExporterResponder: HTTPResponder {
    /// What belongs to a request: its connection.
    package struct Context: RequestContext {
        package var coreContext: CoreRequestContextStorage
        let channel: any Channel

        package init(source: ApplicationRequestContextSource) {
            coreContext = CoreRequestContextStorage(source: source)
            channel = source.channel
        }
    }

    /// Where Northflank posts its events.
    package static let webhookPath = "/webhook/northflank"
    /// The route of every addon with its verdict, as JSON.
    package static let reportPath = "/api/health"
    /// What the routes of single addons begin with; account, project and addon follow.
    package static let addonPath = "/api/addons/"
    /// The route of the report of a range of days.
    package static let backupReportPath = "/api/report"
    /// The route at which Prometheus discovers the shards.
    package static let discoveryPath = "/sd"
    /// Events are small, and are the only requests that need a body.
    private static let maxBodyBytes = 65_536

    let endpoints: any ExporterEndpoints
    let connections: Connections
    let access: WebAccess
    private let telemetryPath: String
    let allowsReload: Bool
    private let compressed = GzipPieces()

    let paths: WebPaths
    let links: WebLinks
    private let healthReport = SharedRendering<HealthReport>()
    let healthJSON = SharedRendering<ByteBuffer>()
    let wholePage = SharedRendering<ByteBuffer>()
    let historyReads = HistoryReads()

    /// - Parameters:
    ///   - telemetryPath: below the prefix of `paths`, like all routes.
    ///   - allowsReload: whether the configuration can be read again by a request.
    package init(
        endpoints: any ExporterEndpoints, connections: Connections, access: WebAccess,
        telemetryPath: String = "/metrics", allowsReload: Bool = false, paths: WebPaths = .root,
        links: WebLinks = WebLinks()
    ) {
        self.endpoints = endpoints
        self.connections = connections
        self.access = access
        self.telemetryPath = telemetryPath
        self.allowsReload = allowsReload
        self.paths = paths
        self.links = links
    }

    package func respond(to request: Request, context: Context) async throws -> Response {
        var response: Response
        if let route = paths.route(request.uri.path) {
            response = try await answer(request.with(path: route), context)
        } else {
            response = await outside(request, context.channel)
        }
        access.addHeaders(to: &response)
        return response
    }

    /// Every route lies below the prefix; the way in leads there.
    private func outside(_ request: Request, _ channel: any Channel) async -> Response {
        await channel.allIsSent()
        guard paths.leadsHome(request.uri.path), request.method == .get || request.method == .head else {
            let response = closing(.notFound, "Not found; all paths begin with \(paths.prefix)/.\n")
            return request.method == .head ? response.createHeadResponse() : response
        }
        return Response(status: .found, headers: [.location: paths.prefix + "/"])
    }

    private func answer(_ request: Request, _ context: Context) async throws -> Response {
        let isWebhook = request.uri.path == Self.webhookPath && request.method == .post
        if connections.isForHealthOnly(context.channel), !Self.healthPaths.contains(request.uri.path) {
            var response = closing(
                .serviceUnavailable, "Too many connections; only questions about health are answered.\n")
            response.headers[.retryAfter] = "5"
            return response
        }
        // Northflank has no user here; its secret is checked instead.
        if !isWebhook, let refusal = await access.refusal(request, now: context.channel.eventLoop.now) {
            return self.refusal(refusal, of: request)
        }
        // A sender without the secret must not hold a connection with a slow body.
        if isWebhook, let refusal = refusal(endpoints.check(webhookToken: request.headers[.integrationToken])) {
            return refusal
        }
        guard let body = await body(request) else {
            return closing(.contentTooLarge, "The request has a body of more than \(Self.maxBodyBytes) bytes.\n")
        }
        // A client that sends requests without reading the responses gets one after the other.
        await context.channel.allIsSent()
        let response = await route(request, body, context.channel)
        let hasBody = request.method != .head || response.body.contentLength == nil
        return hasBody ? response : response.createHeadResponse()
    }

    private func route(_ request: Request, _ body: ByteBuffer, _ channel: any Channel) async -> Response {
        let isReading = request.method == .get || request.method == .head
        let path = request.uri.path
        if path == telemetryPath { return isReading ? metrics(request, channel) : notAllowed("GET, HEAD") }
        if path == "/-/reload" {
            return request.method == .post || request.method == .put ? reload() : notAllowed("POST, PUT")
        }
        if path == "/-/forget" {
            return request.method == .post || request.method == .put ? forget(request) : notAllowed("POST, PUT")
        }
        if path == Self.webhookPath { return request.method == .post ? webhook(request, body) : notAllowed("POST") }
        if path == Self.backupReportPath {
            return isReading ? await backupReport(request, channel) : notAllowed("GET, HEAD")
        }
        if path.hasPrefix(Self.addonPath) { return isReading ? await explain(request) : notAllowed("GET, HEAD") }
        if path == Self.addonPagePath {
            return isReading ? await addonPage(request, channel) : notAllowed("GET, HEAD")
        }
        if path == Self.discoveryPath { return isReading ? discovery(request) : notAllowed("GET, HEAD") }
        if path == Self.statePath { return request.method == .get ? await state(channel) : notAllowed("GET") }
        guard Self.pages.contains(path) else {
            return text(.notFound, "Not found; the metrics are at \(paths.prefix)\(telemetryPath).\n")
        }
        return isReading ? await page(path, request, channel) : notAllowed("GET, HEAD")
    }

    static let healthPaths: Set<String> = ["/-/healthy", "/-/ready"]
    private static let pages = healthPaths.union(["/", reportPath])

    /// One of `pages`.
    private func page(_ path: String, _ request: Request, _ channel: any Channel) async -> Response {
        switch path {
        case "/": return await fleetPage(request, channel)
        case Self.reportPath: return await health(request, channel)
        case "/-/healthy":
            return endpoints.standstill.map { text(.serviceUnavailable, "\($0)\n") }
                ?? text(.ok, "The exporter is healthy.\n")
        default:
            return endpoints.isReady
                ? text(.ok, "The exporter is ready.\n")
                : text(.serviceUnavailable, "Not ready: the first discovery of addons has not been answered yet.\n")
        }
    }

    /// Every addon with its verdict; no older than a second.
    func report(now: NIODeadline) async -> HealthReport {
        await healthReport.value(now: now) { [endpoints] in endpoints.report() }
    }

    private func metrics(_ request: Request, _ channel: any Channel) -> Response {
        let format = ExpositionFormat(accept: request.headers[values: .accept].joined(separator: ","))
        let isCompressed = ExpositionFormat.acceptsGzip(
            request.headers[values: .acceptEncoding].joined(separator: ","))
        // HEAD is answered without a page. Its body is not an empty one, which would have the length 0.
        let body =
            request.method == .head
            ? ResponseBody { try await $0.finish(nil) }
            : PageStream(endpoints.page(format, access.status), compressedBy: isCompressed ? compressed : nil)
                .body(on: EventLoopExecutor(channel.eventLoop)) { await channel.allIsSent() }
        var response = response(.ok, format.contentType, body)
        if isCompressed { response.headers[.contentEncoding] = "gzip" }
        response.headers[.vary] = "Accept, Accept-Encoding"
        return response
    }

    private func discovery(_ request: Request) -> Response {
        let (count, addresses) = endpoints.shards
        // The client has reached this exporter by this name, which does not say where other shards are.
        guard let addresses = addresses ?? (count == 1 ? request.head.authority.map { [$0] } : nil) else {
            return text(
                .notFound, "The addresses of the \(count) shards are not configured; name them with --shard.address.\n"
            )
        }
        let groups = TargetGroups.json(addresses: addresses, telemetryPath: paths.prefix + telemetryPath)
        return response(.ok, "application/json", ResponseBody(byteBuffer: ByteBuffer(bytes: groups)))
    }

    private func reload() -> Response {
        guard allowsReload else {
            return text(.forbidden, "Reloading over HTTP is off; start with --web.enable-lifecycle, or send SIGHUP.\n")
        }
        do throws(ConfigurationError) {
            access.refresh()
            try endpoints.reload()
            return text(.ok, "The configuration is reloaded.\n")
        } catch {
            return text(.internalServerError, "The old configuration stays in force:\n\(error)\n")
        }
    }

    /// An event is answered at once; Northflank does not wait for the poll that it leads to.
    private func webhook(_ request: Request, _ body: ByteBuffer) -> Response {
        let token = request.headers[.integrationToken]
        let eventID = request.headers[.integrationEventID]
        return refusal(
            endpoints.receive(webhookToken: token, eventID: eventID, body: Array(body.readableBytesView)))
            ?? text(.accepted, "Accepted.\n")
    }

    /// Nil if the sender is not refused.
    private func refusal(_ answer: Webhooks.Answer) -> Response? {
        switch answer {
        case .accepted: nil
        case .forged: closing(.unauthorized, "The X-Northflank-Notification-Integration-Token is not the right one.\n")
        case .off: closing(.notFound, "Webhooks are off; name a secret in the configuration to take them.\n")
        }
    }

    private func refusal(_ refusal: WebStatus.Refusal, of request: Request) -> Response {
        var response: Response
        switch refusal {
        case .user:
            response = text(.unauthorized, "Name a user and the password.\n")
            response.headers[.wwwAuthenticate] = "Basic"
        case .rate:
            response = text(.tooManyRequests, "Too many requests; the web configuration limits them.\n")
            response.headers[.retryAfter] = "1"
        case .busy:
            response = text(.serviceUnavailable, "Too many passwords to check; try again.\n")
            response.headers[.retryAfter] = "1"
        }
        if request.hasBody { response.headers[.connection] = "close" }
        return response
    }

    /// A response after which the connection ends, because the body was not read.
    private func closing(_ status: HTTPResponse.Status, _ body: String) -> Response {
        var response = text(status, body)
        response.headers[.connection] = "close"
        return response
    }

    /// Reads the body, so that the connection can go on; nil if the body is too large.
    private func body(_ request: Request) async -> ByteBuffer? {
        if let length = request.headers[.contentLength] {
            guard let length = Int(length), length <= Self.maxBodyBytes else { return nil }
        }
        return try? await request.body.collect(upTo: Self.maxBodyBytes)
    }

    private func notAllowed(_ allowed: String) -> Response {
        var response = text(.methodNotAllowed, "Only \(allowed) here.\n")
        response.headers[.allow] = allowed
        return response
    }

    func text(_ status: HTTPResponse.Status, _ body: String) -> Response {
        response(status, "text/plain; charset=utf-8", ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }

    func response(_ status: HTTPResponse.Status, _ type: String, _ body: ResponseBody) -> Response {
        Response(status: status, headers: [.contentType: type, .xContentTypeOptions: "nosniff"], body: body)
    }
}

extension Request {
    /// The same request for another path, with its query.
    fileprivate func with(path: String) -> Request {
        guard path != uri.path else { return self }
        var head = head
        head.path = uri.query.map { "\(path)?\($0)" } ?? path
        return Request(head: head, body: body)
    }

    /// Whether a body follows the head.
    fileprivate var hasBody: Bool {
        headers[.transferEncoding] != nil || headers[.contentLength].map { $0 != "0" } ?? false
    }
}

extension HTTPField.Name {
    /// The header of Northflank's webhooks that is the same for an event that is sent again.
    fileprivate static let integrationEventID = HTTPField.Name("X-Northflank-Notification-Integration-Event-Id")!
    /// The header of Northflank's webhooks that carries the secret.
    fileprivate static let integrationToken = HTTPField.Name("X-Northflank-Notification-Integration-Token")!
}
