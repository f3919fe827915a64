import Backups
import Catalog
import Exposition
import Fleet
import Glibc
import Northflank

/// The bodies of a list of addons, of schedules, and of the list of backups as it was and as it is then, between zero
/// bytes; each is taken in as the exporter does, and the addon goes onto a page.
struct SampleFuzzer: Fuzzer {
    private static let start = Timestamp(milliseconds: 1_767_225_600_000)
    private static let formats: [String: ExpositionFormat] = ["text": .text, "openmetrics": .openMetrics]

    func run(_ bytes: [UInt8]) {
        guard let addon = addon(of: bytes) else { return }
        for format in ExpositionFormat.allCases {
            let page = Self.page(of: addon, format)
            precondition(page.last == UInt8(ascii: "\n"), "the last line has no end")
            for line in page.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
                precondition(
                    line.starts(with: "# ".utf8) || line.starts(with: "northflank_".utf8), "a line is no sample")
            }
        }
    }

    /// Prints the page that an input gives; nothing if it is no list.
    func printPage(_ format: String, of path: String) throws {
        guard let file = fopen(path, "r") else { throw POSIXFailure(code: errno) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = getc(file), byte != EOF { bytes.append(UInt8(byte)) }
        guard let format = Self.formats[format], let addon = addon(of: bytes) else { return }
        let page = Self.page(of: addon, format)
        var rest = page[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard written > 0 else { throw POSIXFailure(code: errno) }
            rest = rest.dropFirst(written)
        }
    }

    struct POSIXFailure: Error { let code: Int32 }

    /// Nil unless both lists of backups can be read.
    private func addon(of bytes: [UInt8]) -> Addon? {
        let parts = parts(bytes)
        guard parts.count == 4 else { return nil }
        let listed = waiting { try? await ScriptedClient(bodies: [parts[0]]).client.addons(project: "shop") }
        let schedules = waiting {
            try? await ScriptedClient(bodies: [parts[1]]).client.schedules(project: "shop", addon: "db")
        }
        let entry = listed?.entries.first ?? AddonListing(id: "db", name: "db", type: "unknown", status: "unknown")
        var record = AddonRecord(
            key: AddonKey(account: "acme", project: "shop", addon: entry.id), firstSeen: Self.start,
            addonName: entry.name, addonType: entry.type)
        record.tags = entry.tags
        var known: [KnownBackup] = []
        var counted = 0
        for (round, body) in parts[2...].enumerated() {
            let now = Self.start + .seconds(round * 86_400)
            guard
                let list = waiting({
                    try? await ScriptedClient(bodies: [body]).client.backups(project: "shop", addon: "db")
                })
            else { return nil }
            if round == 0, let schedules { record.observe(schedules: schedules.entries, at: now) }
            // Once more, as the next poll would find it: that must count nothing.
            for isRepeated in [false, true] {
                record.observe(
                    list.entries, isWhole: list.isWhole, isNewestFirst: list.isNewestFirst, remarks: list.remarks,
                    unreadable: list.unreadableIdentities, at: now, known: &known
                ) { _ in nil }
                let outcomes = record.outcomes
                let all = outcomes.completed + outcomes.failed + outcomes.aborted + outcomes.notSupported
                precondition(all >= counted && (!isRepeated || all == counted), "an outcome counts twice")
                counted = all
            }
        }
        let assessment = record.judge(known, Objectives(maxAge: .seconds(93_600)))
        var addon = Addon(record, assessment, isCounting: true)
        addon.isUp = true
        addon.review(now: Self.start + .seconds(86_400), limit: .seconds(900), zone: .utc)
        return addon
    }

    private static func page(of addon: Addon, _ format: ExpositionFormat) -> [UInt8] {
        let now = start + .seconds(90_000)
        let reload = ReloadStatus(isSuccessful: true, lastSuccess: start)
        var status = ExporterStatus(accounts: [AccountStatus(name: "acme")], reload: reload, process: nil)
        status.observedAges = ObservedAges.byAccount([addon], now: now)
        return MetricPage([RenderedAddon(addon)], status, format: format, now: now).whole()
    }
}
