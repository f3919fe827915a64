import Exposition
import Testing

@testable import Catalog

@Suite struct MetricCatalogTests {
    private static let families = MetricCatalog.all.map(\.family)

    @Test("names are unique, with our prefix or the prefix of process metrics")
    func names() {
        let names = Self.families.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names {
            #expect(name.hasPrefix("northflank_") || name.hasPrefix("process_"))
            #expect(name.wholeMatch(of: /[a-z]+(_[a-z]+)+/) != nil, "\(name)")
        }
    }

    @Test("no family's name is another one's with a suffix of its samples")
    func suffixes() {
        #expect(Set(Self.families.map(\.openMetricsBase)).count == Self.families.count)
        let names = Set(Self.families.flatMap { [$0.name, String($0.openMetricsBase)] })
        for name in Self.families.map(\.openMetricsBase) {
            for suffix in ["_bucket", "_sum", "_count", "_created"] { #expect(!names.contains(name + suffix)) }
        }
    }

    @Test("counters, and nothing else, end in _total")
    func totals() {
        for family in Self.families { #expect(family.name.hasSuffix("_total") == (family.kind == .counter)) }
    }

    @Test("base units only")
    func units() {
        for family in Self.families {
            for word in ["milliseconds", "minutes", "hours", "days", "kilobytes", "megabytes", "percent", "ms", "kb"] {
                #expect(!family.name.split(separator: "_").contains(Substring(word)))
            }
            let isTime = family.name.contains("timestamp") || family.name.contains("duration")
            #expect(!isTime || family.name.contains("_seconds"), "\(family.name)")
        }
    }

    @Test("help is one sentence on one line")
    func help() {
        for family in Self.families {
            #expect(family.help.hasSuffix("."), "\(family.name)")
            #expect(family.help.first?.isUppercase == true)
            #expect(!family.help.contains("\n"))
        }
    }

    @Test("labels are the labels of the samples, in their order")
    func labels() throws {
        let page = SamplePage.render()
        for metric in MetricCatalog.all {
            let samples = page.split(separator: "\n").filter { line in
                let name = line.prefix { $0 != "{" && $0 != " " }
                return name == metric.family.name || name == metric.family.name + "_bucket"
            }
            #expect(!samples.isEmpty, "\(metric.family.name)")
            var seen: Set<String> = []
            for sample in samples {
                let names = sample.matches(of: /[{,]([a-z_]+)="/).map { String($0.1) }.filter { $0 != "le" }
                // A label without a value is left out.
                #expect(names == metric.allLabels.filter(names.contains))
                seen.formUnion(names)
            }
            #expect(seen == Set(metric.allLabels))
        }
    }

    @Test("examples name their metric, and their brackets and quotes match")
    func examples() {
        for metric in MetricCatalog.all {
            #expect(metric.example.contains(metric.family.name), "\(metric.family.name)")
            var open: [Character] = []
            var isQuoted = false
            for character in metric.example {
                if character == "\"" { isQuoted.toggle() }
                guard !isQuoted else { continue }
                switch character {
                case "(", "[", "{": open.append(character)
                case ")": #expect(open.popLast() == "(")
                case "]": #expect(open.popLast() == "[")
                case "}": #expect(open.popLast() == "{")
                default: break
                }
            }
            #expect(open.isEmpty && !isQuoted, "\(metric.family.name)")
        }
    }

    @Test("no label grows without bound: no ids of backups, no messages")
    func boundedLabels() {
        let known: Set = [
            "account", "project", "addon", "project_name", "addon_name", "addon_type", "status", "type", "endpoint",
            "code", "reason", "version", "revision", "swift_version", "libcurl_version", "state", "interval",
            // An addon has three schedules of each type at most.
            "schedule", "bound", "stat", "result", "finding",
            // The API's tags are plain words that people give; 50 of an addon at most.
            "tag", "addon_version",
            // Written by those who configure the exporter.
            "policy", "owner", "on_gone", "limit", "waived_by", "waiver_reason",
            // Names of the time zone database; one pair for each account.
            "time_zone", "fits",
        ]
        #expect(Set(MetricCatalog.all.flatMap(\.allLabels)) == known)
    }
}

extension MetricFamily {
    fileprivate var openMetricsBase: String { kind == .counter ? String(name.dropLast("_total".count)) : name }
}
