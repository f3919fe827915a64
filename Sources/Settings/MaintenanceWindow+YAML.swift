import Backups
import YAMLDocument

extension MaintenanceWindow {
    /// Nil if the node cannot be read; its problems have been reported.
    ///
    /// - Parameter standard: the zone if the window names none.
    init?(_ node: ConfigNode, timeZone standard: String) {
        guard let keys = node.mapping(keys: ["days", "from", "to", "time_zone"]) else { return nil }
        for key in ["from", "to"] where keys[key] == nil {
            node.report("\(key) is missing; expected {days: [sat, sun], from: \"22:00\", to: \"04:00\"}")
        }
        let days = keys["days"].map { $0.weekdays() } ?? Weekday.daily
        let from = keys["from"]?.clockTime(through: 1439)
        let to = keys["to"]?.clockTime(through: 1440)
        let timeZone = keys["time_zone"].map { $0.timeZone() } ?? standard
        guard let days, let from, let to, let timeZone else { return nil }
        self.init(days: days, from: from, to: to, timeZone: timeZone)
    }
}

/// The words for days of the week.
enum Weekday {
    static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    static let daily = Set(names.indices)

    /// The days of `sat`, `mon-fri`, `sat-mon` or `daily`, 0 for Monday; nil if the word is none of them.
    static func days(_ word: String) -> Set<Int>? {
        if word == "daily" { return daily }
        let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { names.firstIndex(of: String($0)) }
        guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil else { return nil }
        return Set((first...(last < first ? last + 7 : last)).map { $0 % 7 })
    }
}

extension ConfigNode {
    private static let days = "days such as daily, mon-fri or [sat, sun]"

    /// Days of the week, 0 for Monday: a word or a list of words.
    fileprivate func weekdays() -> Set<Int>? {
        let nodes: [ConfigNode]
        if case .list = node.content { nodes = list() ?? [] } else { nodes = [self] }
        if nodes.isEmpty { wrongType(Self.days + "; leave the key out for daily") }
        var days: Set<Int> = []
        for node in nodes {
            guard let more = Weekday.days(node.node.scalar?.text ?? "") else {
                node.wrongType(Self.days)
                return nil
            }
            days.formUnion(more)
        }
        return nodes.isEmpty ? nil : days
    }

    /// Minutes since midnight.
    fileprivate func clockTime(through last: Int) -> Int? {
        let latest = "\(last / 60):\(last % 60 < 10 ? "0" : "")\(last % 60)"
        guard let scalar = node.scalar, scalar.number == nil else {
            // YAML 1.1 takes 22:00 for the number 1320: 22 times 60.
            let hint = node.scalar == nil ? "" : ", in quotes: some YAML tools turn 22:00 without quotes into a number"
            wrongType("a time of day such as \"22:00\"\(hint)")
            return nil
        }
        guard let match = scalar.text.wholeMatch(of: /([0-9]{2}):([0-5][0-9])/),
            let hour = Int(match.1), let minute = Int(match.2), hour * 60 + minute <= last
        else {
            wrongType("a time of day from \"00:00\" to \"\(latest)\"")
            return nil
        }
        return hour * 60 + minute
    }

    /// The name of a zone that is known.
    fileprivate func timeZone() -> String? {
        guard let name = string("a time zone such as \"Europe/Berlin\"") else { return nil }
        guard TimeZones.isKnown(name) else {
            report(TimeZones.problem(name, isAutoAllowed: false))
            return nil
        }
        return name
    }
}
