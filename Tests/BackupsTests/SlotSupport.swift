@testable import Backups

/// An instant from its RFC 3339 text.
func time(_ text: String) -> Timestamp { Timestamp(rfc3339: text)! }

extension Zone {
    /// Offsets from a table, in hours: the first one before all changes, and a new one from each change on.
    static func fake(_ identifier: String, _ first: Double, _ changes: [(at: String, offset: Double)] = []) -> Zone {
        let changes = changes.map { (at: time($0.at), seconds: Int($0.offset * 3600)) }
        return Zone(identifier: identifier) { instant in
            changes.last { $0.at <= instant }?.seconds ?? Int(first * 3600)
        }
    }

    static let berlin = fake(
        "Europe/Berlin", 1, [("2024-03-31T01:00:00Z", 2), ("2024-10-27T01:00:00Z", 1)])
    static let newYork = fake(
        "America/New_York", -5, [("2024-03-10T07:00:00Z", -4), ("2024-11-03T06:00:00Z", -5)])
    /// Puts its clocks back and forward by half an hour.
    static let lordHowe = fake(
        "Australia/Lord_Howe", 11, [("2024-04-06T15:00:00Z", 10.5), ("2024-10-05T15:30:00Z", 11)])
    static let kolkata = fake("Asia/Kolkata", 5.5)
    static let chatham = fake(
        "Pacific/Chatham", 13.75, [("2024-04-06T14:00:00Z", 12.75), ("2024-09-28T14:00:00Z", 13.75)])
    /// Goes from 23:59 to 01:00, and from 23:59 to 23:00.
    static let saoPaulo = fake(
        "America/Sao_Paulo", -3, [("2018-11-04T03:00:00Z", -2), ("2019-02-17T02:00:00Z", -3)])
    static let beirut = fake(
        "Asia/Beirut", 2, [("2024-03-30T22:00:00Z", 3), ("2024-10-26T21:00:00Z", 2)])
    /// Went from the evening of 2011-12-29 to the morning of 2011-12-31.
    static let apia = fake("Pacific/Apia", -10, [("2011-12-30T10:00:00Z", 14)])
    /// The other way: what Manila did in 1844, at a time that we look at. It has two 2012-01-02.
    static let backAcross = fake("Test/Back", 14, [("2012-01-02T10:00:00Z", -10)])
    /// Liberia's offset was not of full minutes.
    static let monrovia = fake("Africa/Monrovia", -2670.0 / 3600, [("1972-01-07T00:44:30Z", 0)])
}

extension BackupSchedule {
    static func hourly(_ minutes: Int..., from: String = "1970-01-01T00:00:00Z") -> Self {
        make(Rule(interval: .hourly, minutes: minutes), from)
    }

    static func daily(hours: [Int] = [], minutes: [Int] = [], from: String = "1970-01-01T00:00:00Z") -> Self {
        make(Rule(interval: .daily, minutes: minutes, hours: hours), from)
    }

    static func weekly(
        days: [Int] = [], hours: [Int] = [], minutes: [Int] = [], from: String = "1970-01-01T00:00:00Z"
    ) -> Self {
        make(Rule(interval: .weekly, minutes: minutes, hours: hours, days: days), from)
    }

    private static func make(_ rule: Rule, _ from: String) -> Self {
        Self(id: "schedule", type: .dump, rule: rule, effectiveFrom: time(from))
    }
}

extension Timestamp {
    /// RFC 3339 with the zone's offset, so that tables show what a clock there shows. Without fractions, since no
    /// slot has one.
    func text(in zone: Zone) -> String {
        let offset = zone.offset(self)
        let local = Int(milliseconds / 1000) + offset
        var (days, second) = (local / 86_400, local % 86_400)
        if second < 0 { (days, second) = (days - 1, second + 86_400) }
        // The date by counting off years and months: slow, but nothing to get wrong.
        var (year, month) = (1970, 1)
        func daysOfYear() -> Int { Self.daysIn(month: 2, year: year) + 337 }
        while days >= daysOfYear() { (days, year) = (days - daysOfYear(), year + 1) }
        while days >= Self.daysIn(month: month, year: year) {
            (days, month) = (days - Self.daysIn(month: month, year: year), month + 1)
        }
        let date = "\(year)-\(two(month))-\(two(days + 1))"
        let clock = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        guard offset != 0 else { return "\(date)T\(clock)Z" }
        let size = abs(offset) / 60
        return "\(date)T\(clock)\(offset < 0 ? "-" : "+")\(two(size / 60)):\(two(size % 60))"
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
