import Exposition
import Logging
import Northflank
import NorthflankSimulator

@testable import Exporter

/// The exporter on a simulator, over real HTTP. Time stands still, so that only answers make a difference.
struct SimulatedExporter {
    static let now = 1_800_000_000.0
    static let clock: @Sendable () -> Double = { now }
    let exporter: BackupExporter

    /// - Parameter change: changes the account, which discovers everything if left alone.
    init(
        _ baseURL: String, token: String = "simulator-token", attempts: Int = 1, poll: PollConfiguration = .init(),
        change: (inout AccountConfiguration) -> Void = { _ in }
    ) throws {
        var account = AccountConfiguration(token: .environment("TOKEN"))
        account.name = "acme"
        account.baseURL = baseURL
        account.discovery.enabled = true
        change(&account)
        let loader = ConfigurationLoader(
            configuration: Configuration(accounts: [account], poll: poll), environment: ["TOKEN": token])
        exporter = try BackupExporter(
            loader: loader, time: StillTime(), retry: RetryPolicy(attempts: attempts, base: 0),
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Polls every addon once; returns whether all of it worked, and the page after it.
    func collect() async -> (isComplete: Bool, samples: Samples) {
        let isComplete = await exporter.collectOnce()
        return (isComplete, Samples(page: exporter.page(.text)))
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
