import Backups
import CZlib
import ExporterHTTP
import Exposition
import Fleet
import Hummingbird
import HummingbirdTesting
import Logging
import Polling
import Settings

@testable import Reports

/// The exporter's answers, without a socket.
struct Served {
    var isReady = true
    var standstill: String?
    var telemetryPath = "/metrics"
    var paths = WebPaths.root
    var links = WebLinks()
    /// Nil where reloading is not offered; else it returns what is wrong.
    var reload: (@Sendable () -> ConfigurationError?)?
    var page: @Sendable (ExpositionFormat) -> any PagePieces = { FakePage("the page as \($0)\n") }
    var report: @Sendable () -> HealthReport = { .sample([]) }
    var shards: @Sendable () -> (count: Int, addresses: [String]?) = { (1, nil) }
    var backupReport: @Sendable (ReportRequest) -> Result<BackupReport, ReportRequest.Problem> = { _ in
        .failure(.init(description: "the history has nothing"))
    }
    var explain: @Sendable ([String], Int) -> ExplanationAnswer = { _, _ in .unknown("no such addon") }
    var forget: @Sendable (AddonKey) -> Forgetting = { _ in .notGone }
    var state: @Sendable () -> Result<StateFile, StateFile.Failure> = { .failure(StateFile.Failure("none")) }
    var webhookSender: @Sendable (String?) -> Webhooks.Answer = { _ in .off }
    var webhook: @Sendable (String?, String?, [UInt8]) -> Webhooks.Answer = { _, _, _ in .accepted }

    var connections = Connections(limit: 256)
    /// Nil to answer everybody.
    var access: WebAccess?

    var responder: ExporterResponder {
        ExporterResponder(
            endpoints: Endpoints(served: self), connections: connections, access: access ?? openAccess,
            telemetryPath: telemetryPath, allowsReload: reload != nil, paths: paths, links: links)
    }

    private var openAccess: WebAccess {
        do throws(ConfigurationError) {
            return try WebAccess(path: nil, connections: connections, log: Logger(label: "test"))
        } catch {
            preconditionFailure("Without a file there is nothing that can be wrong.")
        }
    }

    private struct Endpoints: ExporterEndpoints {
        let served: Served

        func page(_ format: ExpositionFormat, _ web: WebStatus) -> any PagePieces { served.page(format) }
        var isReady: Bool { served.isReady }
        var standstill: String? { served.standstill }
        func report() -> HealthReport { served.report() }
        var shards: (count: Int, addresses: [String]?) { served.shards() }
        func backupReport(_ request: ReportRequest) throws(ReportRequest.Problem) -> BackupReport {
            try served.backupReport(request).get()
        }
        func explain(_ path: [String], days: Int, runbooks: RunbookLinks) -> ExplanationAnswer {
            served.explain(path, days)
        }
        func forget(_ key: AddonKey) -> Forgetting { served.forget(key) }
        func copyState() async -> Result<StateFile, StateFile.Failure> { served.state() }
        func reload() throws(ConfigurationError) { if let error = served.reload?() { throw error } }
        func check(webhookToken: String?) -> Webhooks.Answer { served.webhookSender(webhookToken) }
        func receive(webhookToken: String?, eventID: String?, body: [UInt8]) -> Webhooks.Answer {
            served.webhook(webhookToken, eventID, body)
        }
    }

    func ask(
        _ method: HTTPRequest.Method, _ uri: String, headers: HTTPFields = [:], body: String? = nil
    ) async throws -> TestResponse {
        try await Self.ask(responder, method, uri, headers: headers, body: body)
    }

    static func ask(
        _ responder: some HTTPResponder<ExporterResponder.Context>, _ method: HTTPRequest.Method, _ uri: String,
        headers: HTTPFields = [:], body: String? = nil
    ) async throws -> TestResponse {
        try await Application(responder: responder).test(.router) { client in
            try await client.execute(
                uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
            ) { $0 }
        }
    }
}

extension HealthReport {
    /// A report of 2027-01-15, 08:00.
    static func sample(_ addons: [Addon]) -> HealthReport {
        var report = HealthReport([], now: .init(seconds: 1_800_000_000))
        report.addons = addons
        return report
    }
}

extension HealthReport.Addon {
    /// An addon of the project `shop` with its reasons, which all are of the state that it is in.
    static func sample(_ addon: String = "orders-db", _ state: String = "ok", _ reasons: [String] = []) -> Self {
        Self(
            account: "acme", project: "shop", addon: addon, projectName: "The Shop", addonName: "Name of \(addon)",
            type: "postgresql", state: state, findings: reasons.map { .init(kind: "too-old", state: state, text: $0) })
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}

/// A page in given pieces.
struct FakePage: PagePieces {
    var pieces: [[UInt8]]
    /// Called for each piece that is taken.
    var onTake: @Sendable () -> Void = {}

    /// A page in one piece.
    init(_ text: String) { pieces = [Array(text.utf8)] }

    init(pieces: [[UInt8]], onTake: @escaping @Sendable () -> Void = {}) {
        self.pieces = pieces
        self.onTake = onTake
    }

    mutating func next(_ piece: inout [UInt8]) -> Bool {
        guard !pieces.isEmpty else { return false }
        onTake()
        piece += pieces.removeFirst()
        return true
    }
}

/// What was compressed, or nil if it is not one whole gzip member and nothing after it.
func gunzip(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var input = bytes
    var output: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    return input.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        while true {
            let (result, count) = part.withUnsafeMutableBufferPointer { part in
                stream.next_out = part.baseAddress
                stream.avail_out = UInt32(part.count)
                return (inflate(&stream, Z_NO_FLUSH), part.count - Int(stream.avail_out))
            }
            output += part.prefix(count)
            if result == Z_STREAM_END { return stream.avail_in == 0 ? output : nil }
            guard result == Z_OK else { return nil }
        }
    }
}
