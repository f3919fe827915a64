import Backups

@testable import Pages
@testable import Reports

extension HealthReport {
    /// A report of 2027-01-15, 08:00, of the accounts of these addons.
    static func sample(_ addons: [Addon], accounts: [Account]? = nil) -> HealthReport {
        var report = HealthReport([], now: .init(seconds: 1_800_000_000))
        report.addons = addons
        report.accounts =
            accounts
            ?? Set(addons.map(\.account)).sorted().map { name in
                Account(account: name, reachable: true, addons: addons.count { $0.account == name })
            }
        return report
    }

    func page(_ query: [(name: String, value: String)] = [], links: PageLinks = PageLinks()) -> String {
        String(decoding: FleetPage(self, query: query, links: links, version: "1.2.3").bytes, as: UTF8.self)
    }
}

extension HealthReport.Addon {
    /// An addon of the project `shop` with findings of the state that it is in.
    static func sample(
        _ addon: String = "orders-db", _ state: String = "ok", _ findings: [String] = [], account: String = "acme",
        project: String = "shop"
    ) -> Self {
        Self(
            account: account, project: project, addon: addon, projectName: "The Shop", addonName: "Name of \(addon)",
            type: "postgresql", state: state, findings: findings.map { .init(kind: "too-old", state: state, text: $0) })
    }

    /// One that is protected, with all that a row can show.
    static func full(_ addon: String) -> Self {
        var sample = Self.sample(addon)
        sample.since = "2027-01-10T00:00:00Z"
        sample.lastCompleted = "2027-01-15T00:10:05Z"
        sample.nextDue = "2027-01-16T00:00:00Z"
        sample.lastObserved = "2027-01-15T07:55:00Z"
        sample.lastDays = [String](repeating: "completed", count: 14)
        sample.byType = [
            .init(
                type: "dump", lastCompleted: "2027-01-15T00:10:05Z", sizeBytes: 5_300_000_000, limitSeconds: 88_200,
                nextDue: "2027-01-16T00:00:00Z")
        ]
        return sample
    }
}

extension String {
    /// The values of all attributes `href`, as the browser reads them.
    var targets: [String] {
        matches(of: /<a [^>]*?href="([^"]*)"/).map { String($0.1).replacing("&amp;", with: "&") }
    }

    /// The rows of the list, without the heads of the tables.
    var rows: [Substring] { split(separator: "\n").filter { $0.hasPrefix("<tr class=") } }

    /// The text between two others, after the first of each; empty if one is missing.
    func between(_ from: String, _ to: String) -> String {
        guard let start = firstRange(of: from), let end = self[start.upperBound...].firstRange(of: to) else {
            return ""
        }
        return String(self[start.upperBound..<end.lowerBound])
    }
}
