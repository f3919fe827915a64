import Testing

@testable import Settings

/// Every way to write a policy wrongly is refused with its line and key.
@Suite struct PolicyErrorTests {
    private static let policyKeys =
        "name, match, owner, max_age, grace, require, min_backups, min_span, restore_every, on_gone, waive, windows"
    private static let duration = "expected a duration as Prometheus writes it, such as 30s, 5m, 26h or 1d"
    private static let quotes = "(in quotes, or YAML takes it for something else)"
    private static let waiver = "is missing; a waiver needs a reason, an owner and a day until which it holds"
    private static let window = #"is missing; expected {days: [sat, sun], from: "22:00", to: "04:00"}"#
    private static let days = "expected days such as daily, mon-fri or [sat, sun]"
    private static let number =
        #"expected a time of day such as "22:00", in quotes: some YAML tools turn 22:00 without quotes into a number"#

    private static func expect(_ file: String, _ problems: [String], at: String = "accounts[0].policies") throws {
        let expected = problems.map { problem in
            let line = problem.prefix { $0 != ":" }
            return "\(file).yml:\(line): \(at)\(problem.dropFirst(line.count + 1))"
        }
        #expect(try Testdata.problems(file) == expected)
    }

    @Test("unknown keys, with the one that was probably meant") func unknownKeys() throws {
        try Self.expect(
            "policy-keys",
            [
                #"5:[0].nam: unknown key; did you mean "name"? known here: \#(Self.policyKeys)"#,
                #"6:[1].match.project: unknown key; did you mean "projects"? known here: projects, addons, types, tags"#,
                "8:[2].waive.by: unknown key; known here: reason, owner, until",
                #"11:[3].windows[0].day: unknown key; did you mean "days"? known here: days, from, to, time_zone"#,
            ])
    }

    @Test("wrong types") func types() throws {
        try Self.expect("policy-list", ["5:: expected a list, found a mapping"])
        try Self.expect(
            "policy-types",
            [
                #"5:[0]: expected a mapping with the keys \#(Self.policyKeys), found "production""#,
                #"6:[1].name: expected a name such as "production" \#(Self.quotes), found 7"#,
                "6:[1].match: expected a mapping with the keys projects, addons, types, tags, found a list",
                "7:[2].max_age: \(Self.duration), found 26",
                #"7:[2].grace: \#(Self.duration), found "soon""#,
                #"7:[2].min_backups: expected a whole number from 1 to 10000, found "7d""#,
                "7:[2].min_span: \(Self.duration), found a list",
                #"8:[3].on_gone: expected one of page, ticket, ignore, found "none""#,
                #"8:[3].require: expected a list such as [dump], or none, found "dump""#,
                #"8:[3].windows: expected a list of windows, or none, found "daily""#,
                #"9:[4].on_gone: expected one of page, ticket, ignore, found "mail""#,
                #"9:[4].require[1]: expected one of dump, snapshot, any, found "export""#,
                #"10:[5].owner: must not be empty; expected a text such as "payments@acme.example""#,
                "10:[5].waive: expected a mapping with the keys reason, owner, until, found true",
                #"11:[6].match.projects: expected a list, found "shop""#,
                "11:[6].match.tags[0]: expected a text \(Self.quotes), found 7",
                #"11:[6].restore_every: \#(Self.duration), found "quarterly""#,
            ])
    }

    @Test("values just out of range, and policies that decide nothing") func values() throws {
        try Self.expect(
            "policy-values",
            [
                "5:[0].max_age: 59s is out of range; expected 1m to 366d",
                "5:[0].grace: 8d is out of range; expected 1m to 7d",
                "5:[0].min_backups: expected a whole number from 1 to 10000, found 0",
                "5:[0].min_span: 59m is out of range; expected 1h to 3660d",
                "5:[0].restore_every: 3661d is out of range; expected 1h to 3660d",
                "6:[1].max_age: 367d is out of range; expected 1m to 366d",
                "6:[1].grace: 59s is out of range; expected 1m to 7d",
                "6:[1].min_backups: expected a whole number from 1 to 10000, found 10001",
                "6:[1].min_span: 3661d is out of range; expected 1h to 3660d",
                "6:[1].restore_every: 59m is out of range; expected 1h to 3660d",
                "7:[2].name: expected one line of at most 200 characters",
                "7:[2].owner: expected one line of at most 200 characters",
                "8:[3]: decides nothing; expected a name, or a key such as max_age",
                "9:[4]: decides nothing; expected a name, or a key such as max_age",
            ])
    }

    @Test("a waiver needs a reason, an owner and an end") func waivers() throws {
        let date = "expected a date such as 2026-11-27, or a time such as 2026-11-27T08:00:00Z"
        try Self.expect(
            "policy-waivers",
            [
                "5:[0].waive: reason \(Self.waiver)", "7:[1].waive: owner \(Self.waiver)",
                "9:[2].waive: until \(Self.waiver)",
                "10:[3].waive: reason \(Self.waiver)", "10:[3].waive: owner \(Self.waiver)",
                "10:[3].waive: until \(Self.waiver)",
                "11:[4].waive.reason: must not be empty; expected the reason as a text",
                #"11:[4].waive.owner: expected a text such as "platform@acme.example" \#(Self.quotes), found 7"#,
                #"11:[4].waive.until: \#(date), found "2027-02-29""#,
                #"12:[5].waive.until: \#(date), found "soon""#,
            ])
    }

    @Test("a window needs a beginning, an end and days that exist") func windows() throws {
        let zone = #"is not a known time zone; expected a name such as "Europe/Berlin" or "UTC""#
        try Self.expect(
            "policy-windows",
            [
                "6:[0]: from \(Self.window)", "7:[1]: to \(Self.window)",
                "8:[2].from: \(Self.number), found 1320", "8:[2].to: \(Self.number), found 240",
                #"9:[3].from: expected a time of day from "00:00" to "23:59", found "24:00""#,
                #"9:[3].to: expected a time of day from "00:00" to "24:00", found "24:01""#,
                #"10:[4].from: expected a time of day from "00:00" to "23:59", found "7:30""#,
                #"10:[4].to: expected a time of day from "00:00" to "24:00", found "12:60""#,
                #"11:[5].from: expected a time of day such as "22:00", found a list"#,
                #"11:[5].to: expected a time of day from "00:00" to "24:00", found "noon""#,
                #"12:[6].days: \#(Self.days), found "Saturday""#,
                #"13:[7].days[1]: \#(Self.days), found "holiday""#,
                "14:[8].days: \(Self.days); leave the key out for daily, found a list",
                #"15:[9].days: \#(Self.days), found "mon-fri-sun""#,
                #"16:[10].days: \#(Self.days), found "mon-""#,
                #"17:[11].time_zone: "auto" \#(zone)"#, #"18:[12].time_zone: "Berlin" \#(zone)"#,
            ], at: "accounts[0].policies[0].windows")
    }

    @Test("patterns that match nothing are refused, of the discovery and of policies, on or off") func patterns() throws
    {
        let ids = "matches no id: \(Slug.rule)"
        let addons = "matches no addon and no project/addon: \(Slug.rule)"
        let types = "matches no type: types are words such as postgresql, and no patterns"
        let tags = #"matches no tag: its brackets or its last \ are not closed"#
        try Self.expect(
            "patterns",
            [
                #"4:.discovery.projects.include[0]: "[abc" \#(ids)"#,
                #"4:.discovery.projects.include[1]: "shop/db" \#(ids)"#,
                #"4:.discovery.projects.exclude[0]: "shop db" \#(ids)"#,
                #"6:.discovery.addons.exclude[1]: "shop/postgres/x" \#(addons)"#,
                #"6:.discovery.addons.exclude[2]: "/postgres" \#(addons)"#,
                #"6:.discovery.addons.exclude[3]: "shop/" \#(addons)"#,
                #"6:.discovery.addons.exclude[4]: "a_b" \#(addons)"#,
                #"7:.discovery.types[1]: "postgres*" \#(types)"#,
                #"8:.discovery.tags.include[0]: "tier-[12" \#(tags)"#,
                "8:.discovery.tags.include[2]: must not be empty; expected a text",
                #"8:.discovery.tags.include[3]: "\" \#(tags)"#,
                #"12:.policies[0].match.projects[1]: "shop/db" \#(ids)"#,
                #"13:.policies[0].match.addons[1]: "shop/a_b" \#(addons)"#,
                #"14:.policies[0].match.types[0]: "*" \#(types)"#,
                #"15:.policies[0].match.tags[0]: "[x" \#(tags)"#,
                "17:.policies[1].match.projects: expected at least one pattern; leave the key out for all",
                "17:.policies[1].match.addons: expected at least one pattern; leave the key out for all",
                "17:.policies[1].match.types: expected at least one type; leave the key out for all",
                "17:.policies[1].match.tags: expected at least one pattern; leave the key out for all",
            ], at: "accounts[0]")
        try Self.expect(
            "patterns-off", [#"4:.discovery.projects.exclude[0]: "shop/db" \#(ids)"#], at: "accounts[0]")
    }
}
