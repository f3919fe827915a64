import Backups
import Exposition
import FoundationEssentials
import Northflank
import TestSupport

@testable import Catalog
@testable import Fleet
@testable import History

/// A page of the sample addons, and of the account that they are of.
enum SamplePage {
    static let now = SampleAddons.now

    private static func at(_ seconds: Double) -> Timestamp { SampleAddons.at(seconds) }

    static var account: AccountStatus {
        var account = AccountStatus(name: "acme")
        account.record(.request(.backups, code: "200", duration: 0.3), now: now)
        account.record(.request(.backups, code: "404", duration: 31), now: now)
        account.record(.retry(.timeout), now: now)
        account.record(.failure(.backups, APIError(.notFound, "x")), now: now)
        account.record(.rateLimit(RateLimitHeaders(limit: 1000, remaining: 998, reset: 1800)), now: now)
        account.record(.clock(ahead: .milliseconds(-2500)), now: now)
        account.polling.token = TokenFacts(expiresAt: at(7_776_000))
        account.polling.addons = 2
        account.polling.firstChecks = .init(done: 1, of: 2, expectedEnd: at(225_800))
        account.polling.addonsNotFound = 1
        account.polling.addonsMissing = 1
        account.polling.trouble = Trouble(
            reason: "forbidden", status: 403, message: "HTTP 403", since: at(1), remedy: "give the permission")
        let fit = ZoneFit(zone: .utc, addons: 3, since: at(2), earlier: .seconds(-3600))
        account.polling.findings = [.timeZone(fit, inForce: .utc)]
        account.polling.pollInterval = .seconds(300)
        account.polling.listInterval = .seconds(600)
        account.polling.isDiscoveryUp = true
        account.polling.lastDiscovery = at(200_001)
        account.polling.queued = [.new: 3, .slot: 1]
        account.polling.expectedRequests = 612.4
        account.polling.budgetUsedUpAt = at(225_700)
        account.requestsByPurpose[.poll(.slot)] = 7
        account.requestsByPurpose[.schedules] = 2
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

    static let history = HistoryStatus(
        isPersistent: true, path: "/var/lib/exporter/history.sqlite", bytes: 1_234_567, writeErrors: 1, corruptions: 2)

    static func render(
        _ addons: [Addon] = [SampleAddons.rich, SampleAddons.paused, SampleAddons.unknown],
        accounts: [AccountStatus] = [account],
        process: ProcessStatus? = process, format: ExpositionFormat = .text, now: Timestamp = now,
        includingAges: Bool = true, history: HistoryStatus? = history
    ) -> String {
        let page = page(
            addons, accounts: accounts, process: process, format: format, now: now, includingAges: includingAges,
            history: history)
        return String(decoding: page.whole(), as: UTF8.self)
    }

    /// - Parameter lines: the number of lines that a piece usually has.
    static func page(
        _ addons: [Addon] = [SampleAddons.rich, SampleAddons.paused, SampleAddons.unknown],
        accounts: [AccountStatus] = [account],
        process: ProcessStatus? = process, format: ExpositionFormat = .text, now: Timestamp = now,
        includingAges: Bool = true, history: HistoryStatus? = history, lines: Int = MetricPage.lines
    ) -> MetricPage {
        let reload = ReloadStatus(isSuccessful: true, lastSuccess: at(1.5))
        var status = ExporterStatus(accounts: accounts, reload: reload, process: process)
        status.history = history
        status.webhooks = [.accepted: 12, .coalesced: 5, .unknown: 1, .forged: 2]
        status.web = .sample
        status.observedAges = ObservedAges.byAccount(addons, now: now)
        return MetricPage(
            addons.map { RenderedAddon($0) }, status, format: format, now: now, includingAges: includingAges,
            lines: lines)
    }

    /// A page of `testdata`, with what depends on the build put in.
    static func golden(_ name: String) throws -> String {
        try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "testdata/\(name)"),
            encoding: .utf8
        )
        .replacing("${version}", with: BuildInfo.version).replacing("${revision}", with: BuildInfo.revision)
        .replacing("${swift}", with: BuildInfo.swiftVersion).replacing("${libcurl}", with: BuildInfo.libcurlVersion)
    }
}

extension WebStatus {
    fileprivate static var sample: WebStatus {
        var status = WebStatus()
        status.connections = 3
        status.ended = [.evicted: 4, .slowHead: 2]
        status.refused = [.user: 7]
        status.isConfigurationGood = false
        return status
    }
}
