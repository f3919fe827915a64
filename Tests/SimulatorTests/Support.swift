import Foundation
import NorthflankSimulator
import Synchronization

/// 2025-06-15T15:06:40Z, a Sunday.
let noon = 1_750_000_000.0

/// A clock that does not advance.
let atNoon: @Sendable () -> Double = { noon }

/// A clock that the test advances.
final class HandClock: Sendable {
    private let time: Mutex<Double>
    private let readings = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(_ time: Double = noon) {
        self.time = Mutex(time)
    }

    func advance(by seconds: Double) {
        time.withLock { $0 += seconds }
    }

    /// Waits until something is so, looking each time that the clock was read.
    func wait(until condition: () async -> Bool) async {
        for await _ in readings.stream where await condition() { return }
    }

    var now: @Sendable () -> Double {
        {
            self.readings.continuation.yield()
            return self.time.withLock { $0 }
        }
    }
}

extension Simulator {
    /// The answer to an authorized `GET`.
    func get(_ target: String, token: String = "simulator-token") -> SimulatedAnswer {
        answer(to: SimulatedRequest(target, authorization: "Bearer \(token)"))
    }

    /// The answer to a request of a control endpoint.
    func control(_ method: String, _ name: String, _ body: String = "") -> SimulatedAnswer {
        answer(to: SimulatedRequest(method: method, "/_simulator/\(name)", body: Array(body.utf8)))
    }
}

extension SimulatedAnswer {
    var text: String { String(decoding: body, as: UTF8.self) }

    var page: Page? { try? JSONDecoder().decode(Page.self, from: Data(body)) }
}

/// The parts of a list's page that the tests read.
struct Page: Decodable {
    struct Element: Decodable {
        let id: String
        let status: String?
        let createdAt: String?
    }

    struct Pagination: Decodable {
        let hasNextPage: Bool
        let cursor: String?
        let count: Int
    }

    let data: [String: [Element]]
    let pagination: Pagination

    var ids: [String] { data.values.first?.map(\.id) ?? [] }
    var statuses: [String] { data.values.first?.map { $0.status ?? "" } ?? [] }
}

/// A URL-encoded cursor, as a client has to send it.
func encoded(_ cursor: String) -> String {
    cursor.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
}

/// One addon with three backups, which show all variants of the API's fields.
let oddFleet = [
    SimulatedProject(
        id: "shop", name: "Shop \"A\"", description: "d",
        addons: [
            SimulatedAddon(
                id: "db", name: "DB", version: "16.4",
                schedules: [SimulatedSchedule(id: "s", minute: [5], hour: [3])],
                backups: [
                    SimulatedBackup(
                        id: "c", uid: "u-c", status: "in-progress",
                        createdAt: "2025-06-15T15:00:00.000Z", completedAt: .null),
                    SimulatedBackup(
                        id: "b", name: "B", status: "melted",
                        createdAt: "2025-06-14T15:00:00.000Z", completedAt: "", source: nil, size: 12,
                        extra: [.init("note", ["deep": [1, true, .null]])]),
                    SimulatedBackup(
                        id: "a", createdAt: "2025-06-13T15:00:00.000Z",
                        completedAt: "2025-06-13T15:01:00.000Z", size: "1234",
                        addonVersion: "16.4", compressionType: "gz"),
                ],
                restores: [
                    SimulatedRestore(
                        id: "r", restoreTimestamp: "2025-06-14T00:00:00.000Z", backupId: "a")
                ]),
            SimulatedAddon(id: "cache", type: "redis", status: "paused"),
        ])
]

/// Milliseconds since 1970 of an instant in the API's notation.
func milliseconds(_ value: JSONValue?) throws -> Int64 {
    struct NotText: Error {}
    guard case .string(let text) = value else { throw NotText() }
    let date = try Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    return Int64((date.timeIntervalSince1970 * 1000).rounded())
}

extension Simulator {
    /// An addon of the truth, by `project/addon`.
    func addon(_ name: String) throws -> SimulatedAddon {
        struct Unknown: Error {}
        for project in truth() {
            for addon in project.addons where "\(project.id)/\(addon.id)" == name { return addon }
        }
        throw Unknown()
    }
}

extension [SimulatedBackup] {
    var statuses: [String] { map(\.status) }
}

/// A wait of the simulator that never ends by itself; says when it began.
final class EndlessWait: Sendable {
    private let begun = AsyncStream.makeStream(of: Void.self)

    var sleep: @Sendable (Double) async throws -> Void {
        { _ in
            self.begun.continuation.yield()
            for await _ in AsyncStream<Never>.makeStream().stream {}
            throw CancellationError()
        }
    }

    /// Returns when the simulator has begun to wait.
    func waitForBegin() async { for await _ in begun.stream { return } }
}
