package import Backups

/// What a report of a range is about, as a client asks for it.
package struct ReportRequest: Equatable, Sendable {
    package enum Format: String, CaseIterable, Sendable {
        case table, csv, json, html
    }

    /// Why a request is not understood, for people.
    package struct Problem: Error, Equatable, CustomStringConvertible {
        package var description: String
    }

    /// The word for addons that no policy with a name matches.
    package static let noPolicy = "none"
    /// The longest range in days: ten years.
    private static let longest: Int64 = 3660
    private static let widths = 60...400

    /// The first day and the last one, in UTC.
    package var from: String
    package var to: String
    /// Names of projects, or `ACCOUNT/PROJECT`; empty for all.
    package var projects: [String] = []
    package var policies: [String] = []
    package var tags: [String] = []
    package var format = Format.table
    /// Of the table, in characters.
    package var width = 80
    /// From the begin of the first day to the end of the last one.
    package private(set) var range: Range<Timestamp>

    /// - Throws: `Problem` with the first thing that is wrong.
    package init(from: String, to: String) throws(Problem) {
        let first = try Self.day(from, "from")
        let last = try Self.day(to, "to")
        guard first <= last else {
            throw Problem(description: "to=\(to) is before from=\(from); swap them")
        }
        (self.from, self.to) = (from, to)
        range = first..<(last + .seconds(86_400))
        guard days <= Self.longest else {
            throw Problem(
                description: "the range has \(days) days; ask for \(Self.longest) days at most, such as one year")
        }
    }

    /// - Parameter query: names and values of a URL's query, decoded.
    package init(query: [(name: String, value: String)]) throws(Problem) {
        let known = ["from", "to", "project", "policy", "tag", "format", "width"]
        if let odd = query.first(where: { !known.contains($0.name) }) {
            throw Problem(
                description: "\"\(odd.name)\" is not known; known are \(known.joined(separator: ", "))")
        }
        func only(_ name: String) throws(Problem) -> String? {
            let values = query.filter { $0.name == name }.map(\.value)
            guard values.count < 2 else {
                throw Problem(description: "\(name) is given \(values.count) times; give it once")
            }
            return values.first
        }
        func all(_ name: String) throws(Problem) -> [String] {
            let values = query.filter { $0.name == name }.map(\.value)
            if values.contains("") { throw Problem(description: "\(name) is empty; name one, or leave it out for all") }
            return values
        }
        guard let from = try only("from"), let to = try only("to") else {
            throw Problem(description: "from and to are needed, such as from=2026-07-01&to=2026-09-30")
        }
        try self.init(from: from, to: to)
        (projects, policies, tags) = (try all("project"), try all("policy"), try all("tag"))
        if let word = try only("format") {
            guard let format = Format(rawValue: word) else {
                let words = Format.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(description: "format=\(word) is not known; known are \(words)")
            }
            self.format = format
        }
        if let text = try only("width") {
            guard let width = Int(text), Self.widths.contains(width) else {
                throw Problem(
                    description:
                        "width=\(text) is no width; give a number from \(Self.widths.lowerBound) to \(Self.widths.upperBound)"
                )
            }
            self.width = width
        }
    }

    /// The number of days.
    package var days: Int64 { range.upperBound.millisecondsSince(range.lowerBound) / 86_400_000 }

    private static func day(_ text: String, _ name: String) throws(Problem) -> Timestamp {
        guard text.utf8.count == 10, let day = Timestamp(rfc3339: text + "T00:00:00Z"), day.text.prefix(10) == text
        else { throw Problem(description: "\(name)=\(text) is not a day; write it as in 2026-07-01") }
        return day
    }

    /// Whether an addon is meant.
    package func includes(_ addon: ReportedAddon) -> Bool {
        includes(project: addon.key)
            && (policies.isEmpty || policies.contains(addon.policy ?? Self.noPolicy))
            && (tags.isEmpty || addon.tags.contains(where: tags.contains))
    }

    /// Whether the project of an addon is meant.
    func includes(project key: AddonKey) -> Bool {
        projects.isEmpty || projects.contains(key.project) || projects.contains("\(key.account)/\(key.project)")
    }

    /// The query of a URL that asks for the same: names and values, not encoded.
    package var query: [(name: String, value: String)] {
        [("from", from), ("to", to)] + projects.map { ("project", $0) } + policies.map { ("policy", $0) }
            + tags.map { ("tag", $0) } + [("format", format.rawValue), ("width", "\(width)")]
    }
}
