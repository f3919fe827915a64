import Northflank
import Synchronization
import TestSupport

/// A client whose server answers with one body after the other.
struct ScriptedClient {
    static let token = "nf-secret-0123456789"
    let client: NorthflankClient

    init(status: Int = 200, bodies: [[UInt8]]) {
        let rest = Mutex(bodies)
        let time = ManualTime(.jumping)
        client = NorthflankClient(
            settings: .init(baseURL: "https://api.test"),
            transport: FakeTransport { _ in
                let body = rest.withLock { $0.isEmpty ? [] : $0.removeFirst() }
                return .response(HTTPResponse(status: status, body: body))
            },
            time: time, budget: BudgetGate(RequestBudget(share: 1)), decoder: PageDecoder(),
            token: { Secret(Self.token) }, random: { 0.5 })
    }
}

/// A byte that chooses the list, one that chooses the status, and the bodies of its pages, between zero bytes.
struct ListFuzzer: Fuzzer {
    func run(_ bytes: [UInt8]) {
        guard bytes.count >= 2 else { return }
        let status = [200, 200, 200, 400, 401, 404, 429, 500][Int(bytes[1] % 8)]
        let scripted = ScriptedClient(status: status, bodies: parts(Array(bytes[2...])))
        let client = scripted.client
        let error = waiting { () async -> APIError? in
            do throws(APIError) {
                switch bytes[0] % 6 {
                case 0: _ = try await client.projects()
                case 1: _ = try await client.addons(project: "shop")
                case 2:
                    let list = try await client.backups(project: "shop", addon: "db", seeking: "b1")
                    precondition((list?.entries.count ?? 0) <= 10_000, "a list without end")
                case 3: _ = try await client.schedules(project: "shop", addon: "db")
                case 4: _ = try await client.restores(project: "shop", addon: "db")
                default: _ = try await client.token()
                }
                return nil
            } catch { return error }
        }
        if let error {
            precondition(!"\(error)".contains(ScriptedClient.token), "the token shows")
        }
    }
}
