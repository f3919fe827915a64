import Backups
import CDeflate
import ExporterHTTP
import Exposition
import Hummingbird
import HummingbirdTesting
import Polling
import Settings

@testable import Reports

/// The exporter's answers, without a socket.
struct Served {
    var isReady = true
    var standstill: String?
    var telemetryPath = "/metrics"
    /// Nil where reloading is not offered; else it returns what is wrong.
    var reload: (@Sendable () -> ConfigurationError?)?
    var page: @Sendable (ExpositionFormat) -> any PagePieces = { FakePage("the page as \($0)\n") }
    var report: @Sendable () -> HealthReport = { .sample([]) }
    var shards: @Sendable () -> (count: Int, addresses: [String]?) = { (1, nil) }
    var webhookSender: @Sendable (String?) -> Webhooks.Answer = { _ in .off }
    var webhook: @Sendable (String?, [UInt8]) -> Webhooks.Answer = { _, _ in .accepted }

    var responder: ExporterResponder {
        ExporterResponder(
            endpoints: Endpoints(served: self), telemetryPath: telemetryPath, allowsReload: reload != nil)
    }

    private struct Endpoints: ExporterEndpoints {
        let served: Served

        func page(_ format: ExpositionFormat) -> any PagePieces { served.page(format) }
        var isReady: Bool { served.isReady }
        var standstill: String? { served.standstill }
        func report() -> HealthReport { served.report() }
        var shards: (count: Int, addresses: [String]?) { served.shards() }
        func reload() throws(ConfigurationError) { if let error = served.reload?() { throw error } }
        func check(webhookToken: String?) -> Webhooks.Answer { served.webhookSender(webhookToken) }
        func receive(webhookToken: String?, body: [UInt8]) -> Webhooks.Answer { served.webhook(webhookToken, body) }
    }

    func ask(
        _ method: HTTPRequest.Method, _ uri: String, headers: HTTPFields = [:], body: String? = nil
    ) async throws -> TestResponse {
        try await Self.ask(responder, method, uri, headers: headers, body: body)
    }

    static func ask(
        _ responder: some HTTPResponder<BasicRequestContext>, _ method: HTTPRequest.Method, _ uri: String,
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
            type: "postgresql", state: state, reasons: reasons.map { .init(state: state, text: $0) })
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

/// The bytes of all gzip members, or nil if one is broken.
///
/// - Parameter most: bytes that a member has at most.
func gunzip(_ bytes: [UInt8], most: Int = 1 << 20) -> [UInt8]? {
    guard let decompressor = libdeflate_alloc_decompressor() else { return nil }
    defer { libdeflate_free_decompressor(decompressor) }
    var output: [UInt8] = []
    var rest = bytes[...]
    repeat {
        var member = [UInt8](repeating: 0, count: most)
        var (read, written) = (0, 0)
        let result = member.withUnsafeMutableBytes { output in
            rest.withUnsafeBytes { input in
                libdeflate_gzip_decompress_ex(
                    decompressor, input.baseAddress, input.count, output.baseAddress, output.count, &read, &written)
            }
        }
        guard result == LIBDEFLATE_SUCCESS else { return nil }
        output += member.prefix(written)
        rest = rest.dropFirst(read)
    } while !rest.isEmpty
    return output
}
