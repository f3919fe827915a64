import CurlClient
import Exposition
import Logging
import Northflank
import NorthflankSimulator
import Polling
import Settings
import Testing

@testable import Exporter

/// The exporter on a simulator, over real HTTP. Time stands still, so that only answers make a difference.
struct SimulatedExporter {
    static let now = 1_800_000_000.0
    static let clock: @Sendable () -> Double = { now }
    let exporter: BackupExporter
    /// The time of the exporter's pulse.
    let steps: StepTime

    /// - Parameters:
    ///   - state: the file of the history; in memory unless told.
    ///   - change: changes the account, which discovers everything if left alone.
    init(
        _ baseURL: String, token: String = "simulator-token", attempts: Int = 1, poll: PollConfiguration = .init(),
        state: String? = nil, time: any TimeSource = StillTime(), steps: StepTime = StepTime(),
        log: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        change: (inout AccountConfiguration) -> Void = { _ in }
    ) throws {
        self.steps = steps
        exporter = try Self.exporter(
            baseURL, token: token, attempts: attempts, poll: poll, state: state, time: time, pulse: Pulse(time: steps),
            log: log, change: change)
    }

    /// The exporter alone.
    static func exporter(
        _ baseURL: String, token: String = "simulator-token", attempts: Int = 1, poll: PollConfiguration = .init(),
        state: String? = nil, time: any TimeSource = StillTime(), pulse: Pulse, log: Logger,
        change: (inout AccountConfiguration) -> Void = { _ in }
    ) throws -> BackupExporter {
        var account = AccountConfiguration(token: .environment("TOKEN"))
        account.name = "acme"
        account.baseURL = baseURL
        account.discovery.enabled = true
        change(&account)
        var configuration = Configuration(accounts: [account], poll: poll)
        configuration.state.path = state
        let loader = ConfigurationLoader(
            configuration: configuration, environment: ["TOKEN": token, "WEBHOOK": "s3cret"])
        return try BackupExporter(
            loader: loader, curl: CurlClient(), time: time, pulse: pulse,
            retry: RetryPolicy(attempts: attempts, base: 0), log: log)
    }

    /// Polls every addon once; returns whether all of it worked, and the page after it.
    func collect() async -> (isComplete: Bool, samples: Samples) {
        let isComplete = await exporter.collectOnce()
        return (isComplete, samples)
    }

    var samples: Samples { Samples(page: exporter.page(.text).whole()) }

    /// Waits until something is so, looking after each step of the polling.
    func wait(until condition: (Samples) -> Bool) async {
        var seen = steps.steps
        while !StepTime.$isLooking.withValue(true, operation: { condition(samples) }) {
            seen = await steps.step(after: seen)
        }
    }

    /// Runs the exporter, with a clock that stands still, for as long as `body` does. The lists are read at once.
    func run(_ body: () async throws -> Void) async throws {
        let running = Task { await exporter.run() }
        try await body()
        // A server that is shut down while somebody connects to it would trap.
        await wait { samples in
            samples.values.contains { $0.key.hasSuffix(#"reason="lists"}"#) && $0.value == "2" }
        }
        running.cancel()
        await running.value
        await exporter.shutDown()
    }
}

/// The samples of a page: values by name and labels, as they stand there.
struct Samples {
    let values: [String: String]

    init(page: [UInt8]) {
        var values: [String: String] = [:]
        for line in String(decoding: page, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
            guard let space = line.lastIndex(of: " ") else { continue }
            values[String(line[..<space])] = String(line[line.index(after: space)...])
        }
        self.values = values
    }

    /// The value of a sample of an addon of the project `shop`; nil if it is not there.
    func addon(_ name: String, _ addon: String = "orders-db", _ more: String = "") -> String? {
        values[#"northflank_addon_\#(name){account="acme",project="shop",addon="\#(addon)"\#(more)}"#]
    }

    func account(_ name: String, _ more: String = "") -> String? {
        values[#"northflank_\#(name){account="acme"\#(more)}"#]
    }

    /// All samples of an addon, info, ages and observation included.
    func all(of addon: String) -> [String: String] {
        values.filter { $0.key.contains(#"addon="\#(addon)""#) }
    }
}

extension SimulatedProject {
    /// A project `shop` with some addons.
    static func shop(_ addons: [SimulatedAddon]) -> SimulatedProject {
        SimulatedProject(id: "shop", name: "The Shop", description: "", addons: addons)
    }
}
