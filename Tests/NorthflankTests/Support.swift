import Backups
import Synchronization
import TestSupport
import Testing

@testable import Northflank

/// What happened in a client, as text.
final class EventLog: Sendable {
    private let events = Mutex<[String]>([])

    var all: [String] { events.withLock { $0 } }

    func add(_ event: ClientEvent) {
        let text =
            switch event {
            case .request(let endpoint, let code, let duration): "\(endpoint) \(code) \(duration)"
            case .retry(let reason): "retry \(reason.rawValue)"
            case .failure(let endpoint, let error): "\(endpoint) given up: \(error.reason.rawValue)"
            case .waiting(let seconds): "waiting \(seconds)"
            case .clock(let ahead): "clock ahead by \(ahead.components.seconds) s"
            case .rateLimit(let headers): "limit \(headers.remaining)/\(headers.limit) for \(headers.reset)"
            }
        events.withLock { $0.append(text) }
    }
}

/// A client whose surroundings a test can look into.
struct Bench {
    static let backupsURL = "https://api.test/v1/projects/shop/addons/orders-db/backups?per_page=100"

    let time: ManualTime
    let transport: FakeTransport
    let budget: BudgetGate
    let log = EventLog()
    let client: NorthflankClient

    init(
        _ transport: FakeTransport, time: ManualTime = ManualTime(.jumping), team: String? = nil, share: Double = 0.5,
        retry: RetryPolicy = RetryPolicy(), random: Double = 0.5,
        token: @escaping @Sendable () -> Secret = { Secret("s3cret") }
    ) {
        self.time = time
        self.transport = transport
        budget = BudgetGate(RequestBudget(share: share))
        client = NorthflankClient(
            settings: .init(baseURL: "https://api.test", team: team, retry: retry), transport: transport, time: time,
            budget: budget, decoder: PageDecoder(), token: token, random: { random },
            onEvent: { [log] in log.add($0) })
    }

    /// A bench whose first page of backups is answered as told.
    init(_ answers: FakeTransport.Answer..., random: Double = 0.5) {
        self.init(FakeTransport([Self.backupsURL: answers]), random: random)
    }

    func backups() async throws -> Listing<Backup> {
        try #require(await client.backups(project: "shop", addon: "orders-db"))
    }
}

/// The error of a page, as text; records an issue if it can be read.
func decodeError<Entry: ListEntry>(_ body: String, as type: Entry.Type) -> String? {
    decodeError(Array(body.utf8), as: type)
}

func decodeError<Entry: ListEntry>(_ body: [UInt8], as type: Entry.Type) -> String? {
    do throws(APIError) {
        let page: PageDecoder.Page<Entry> = try PageDecoder().page(body)
        Issue.record("it can be read: \(page)")
        return nil
    } catch {
        #expect(error.reason == .decode)
        #expect(!error.canRetry)
        return error.message
    }
}

func decode<Entry: ListEntry>(_ body: String, as type: Entry.Type) throws(APIError) -> PageDecoder.Page<Entry> {
    try PageDecoder().page(Array(body.utf8))
}

/// The backup that is read from one entry of a list.
func decodedBackup(_ entry: String) throws(APIError) -> Backup? {
    try decode(ListJSON.backups([entry]), as: Backup.self).entries.first
}
