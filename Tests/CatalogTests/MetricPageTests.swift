import Backups
import Exposition
import TestSupport
import Testing

@testable import Catalog

/// The pieces of a page.
@Suite struct MetricPageTests {
    /// Addons with records and without, in all the lengths that names have.
    private static func addons(_ count: Int, isUp: Bool? = true) -> [Addon] {
        (0..<count).map { number in
            var record = AddonRecord(
                key: AddonKey(account: "acme", project: "shop", addon: "db-\(number)"), firstSeen: SampleAddons.now,
                addonName: String(repeating: "x", count: number * 7 % 40))
            record.isPaused = number.isMultiple(of: 5)
            var addon =
                number.isMultiple(of: 3) ? SampleAddons.rich : Addon(record, nil, isCounting: number.isMultiple(of: 2))
            addon.isUp = number.isMultiple(of: 2) ? nil : isUp
            return addon
        }
    }

    private static func pieces(_ page: consuming MetricPage) -> [String] {
        var pieces: [String] = []
        var bytes: [UInt8] = []
        while page.next(&bytes) {
            pieces.append(String(decoding: bytes, as: UTF8.self))
            bytes = []
        }
        #expect(bytes.isEmpty)
        #expect(!page.next(&bytes) && bytes.isEmpty, "the end is the end")
        return pieces
    }

    @Test(
        "pieces of every size make the same page", arguments: ["page.txt", "page.openmetrics.txt"],
        [1, 2, 3, 4, 7, 8, 9, 24, 25, 100, 1000])
    func sizes(golden: String, lines: Int) throws {
        let format: ExpositionFormat = golden == "page.txt" ? .text : .openMetrics
        let pieces = Self.pieces(SamplePage.page(format: format, lines: lines))
        #expect(try pieces.joined() == SamplePage.golden(golden))
        for piece in pieces { #expect(piece.isEmpty || piece.hasSuffix("\n")) }
    }

    @Test("a page of many addons has the lines of each one's page, family by family", arguments: [1, 2, 3, 50])
    func manyAddons(count: Int) {
        let addons = Self.addons(count)
        func lines(_ page: String) -> [Substring: [Substring]] {
            Dictionary(grouping: page.split(separator: "\n")) { $0.prefix { $0 != "{" } }
        }
        let each = addons.map { lines(SamplePage.render([$0], accounts: [], process: nil)) }
        for size in [1, 7, 128] {
            let page = SamplePage.page(addons, accounts: [], process: nil, lines: size)
            let all = lines(String(decoding: page.whole(), as: UTF8.self))
            for metric in MetricCatalog.addon {
                let name = metric.family.name[...]
                #expect(all[name] == (each.contains { $0[name] != nil } ? each.flatMap { $0[name] ?? [] } : nil))
            }
        }
    }

    @Test("another value of an addon, of another length, changes one piece alone", arguments: [1, 2, 16, 128])
    func oneChange(lines: Int) {
        let before = Self.pieces(SamplePage.page(Self.addons(40), lines: lines))
        var addons = Self.addons(40)
        // Not known before: its family has a line more.
        addons[24].isUp = false
        let after = Self.pieces(SamplePage.page(addons, lines: lines))
        #expect(before.count == after.count)
        let changed = zip(before, after).filter { $0 != $1 }
        #expect(changed.count == 1)
        let line = #"northflank_addon_up{account="acme",project="shop",addon="orders-db"} 0"#
        #expect(changed.first?.1.contains(line) == true)
    }

    @Test("time alone changes the ages, and nothing else")
    func ages() {
        let addons = Self.addons(40)
        let before = Self.pieces(SamplePage.page(addons, lines: 48)).dropLast()
        let after = Self.pieces(SamplePage.page(addons, now: SampleAddons.now + .seconds(15), lines: 48)).dropLast()
        let changed = zip(before, after).filter { $0 != $1 }.map(\.1)
        #expect(changed.count == 3, "40 addons in pieces of 16: an addon usually has three")
        for line in changed.joined().split(separator: "\n") where !line.hasPrefix("#") {
            #expect(line.hasPrefix("northflank_addon_backup_last_completed_age_seconds{"))
        }
    }

    @Test("the metrics that are not of addons are the last piece", arguments: [0, 1, 16, 17])
    func status(count: Int) {
        let addons = Self.addons(count)
        let last = Self.pieces(SamplePage.page(addons, format: .openMetrics, lines: 48)).last
        let alone = Self.pieces(SamplePage.page([], format: .openMetrics)).last
        #expect(last?.hasPrefix("# HELP northflank_api_requests ") == true)
        #expect(last?.hasSuffix("\n# EOF\n") == true)
        // The ages of the observations of all addons, with three lines of metadata.
        #expect(last?.split(separator: "\n").count == (alone?.split(separator: "\n").count ?? 0) + (count == 0 ? 0 : 6))
    }

    @Test("a family has its metadata once, before its first sample, even in the smallest pieces")
    func metadata() {
        // The first addons have no sample of most families.
        let addons = [SampleAddons.unknown, SampleAddons.unknown, SampleAddons.rich, SampleAddons.rich]
        let pieces = Self.pieces(SamplePage.page(addons, lines: 1))
        let found = pieces.filter { $0.hasPrefix("# HELP northflank_addon_up ") }
        #expect(found.count == 1)
        #expect(found.first?.split(separator: "\n").last?.hasPrefix("northflank_addon_up{") == true)
        #expect(pieces.joined().components(of: "# TYPE northflank_addon_up gauge") == 1)
    }
}

extension String {
    /// How often a text is in this one.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
