import Backups
import Exposition
import FoundationEssentials
import Northflank

@testable import Exporter

/// One addon with all that can be known of it, one with nothing, and the account that they are of.
enum SamplePage {
    static let now = Timestamp(milliseconds: 1_767_225_600_000)

    static func at(_ seconds: Double) -> Timestamp { Timestamp(seconds: 1_767_000_000 + seconds) }

    static let summary = BackupSummary(of: [
        Backup(
            identity: "s1", status: .completed, type: .snapshot, createdAt: at(0), completedAt: at(10), size: 1000),
        Backup(
            identity: "s2", status: .completed, type: .snapshot, createdAt: at(86_400), completedAt: at(86_401.319),
            size: 234),
        // Neither an end nor a size.
        Backup(identity: "d1", status: .completed, type: .dump, createdAt: at(3600)),
        Backup(
            identity: "i1", status: .completed, type: .imported, createdAt: at(100_000), completedAt: at(100_060.5),
            size: 0),
        Backup(identity: "f1", status: .failed, type: .dump, createdAt: at(90_000), completedAt: at(90_000.25)),
        Backup(identity: "f2", status: .failed, type: .dump, createdAt: at(93_600)),
        Backup(identity: "p1", status: .inProgress, type: .dump, createdAt: at(172_800)),
        Backup(identity: "p2", status: .scheduled, type: .dump, createdAt: at(180_000)),
        Backup(identity: "x1", status: .unknown, type: .unknown, createdAt: at(1)),
    ])

    static var rich: AddonState {
        var state = AddonState(
            key: AddonKey(account: "acme", project: "shop", addon: "orders-db"),
            names: AddonNames(project: "Shop \"1\"", addon: "Orders\\DB\nmain", type: "postgresql"))
        state.isUp = false
        state.lastObserved = at(200_000.125)
        state.summary = summary
        return state
    }

    static let unknown = AddonState(key: AddonKey(account: "acme", project: "shop", addon: "queue"))

    static var account: AccountStatus {
        var account = AccountStatus(name: "acme")
        account.record(.request(.backups, code: "200", duration: 0.3), now: now)
        account.record(.request(.backups, code: "404", duration: 31), now: now)
        account.record(.retry(.timeout), now: now)
        account.record(.failure(.backups, APIError(.notFound, "x")), now: now)
        account.record(.rateLimit(RateLimitHeaders(limit: 1000, remaining: 998, reset: 1800)), now: now)
        account.addons = 2
        account.addonsNotFound = 1
        account.pollInterval = 300
        account.listInterval = 600
        account.isDiscoveryUp = true
        account.lastDiscovery = at(200_001)
        return account
    }

    static let process: ProcessStatus? = {
        var process = ProcessStatus(
            stat: "1 (x) S 1 1 1 0 -1 0 0 0 0 0 125 50 0 0 20 0 9 0 6000 2147483648 1024", bootTime: 1_767_000_000,
            ticksPerSecond: 100, pageSize: 4096)
        process?.openFiles = 12
        process?.maxFiles = 1024
        return process
    }()

    static func render(
        _ addons: [AddonState] = [rich, unknown], accounts: [AccountStatus] = [account],
        process: ProcessStatus? = process, format: ExpositionFormat = .text, now: Timestamp = now,
        includingAges: Bool = true
    ) -> String {
        let reload = ReloadStatus(isSuccessful: true, lastSuccess: at(1.5))
        let bytes = MetricCatalog.render(
            addons.map(RenderedAddon.init), ExporterStatus(accounts: accounts, reload: reload, process: process),
            format: format, now: now, includingAges: includingAges)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A page of `testdata`, with what depends on the build put in.
    static func golden(_ name: String) throws -> String {
        try String(contentsOf: URL(filePath: "\(Testdata.directory)/\(name)"), encoding: .utf8)
            .replacing("${version}", with: BuildInfo.version).replacing("${revision}", with: BuildInfo.revision)
            .replacing("${swift}", with: BuildInfo.swiftVersion).replacing("${libcurl}", with: BuildInfo.libcurlVersion)
    }
}
