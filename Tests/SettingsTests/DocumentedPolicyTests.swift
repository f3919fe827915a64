import Backups
import Foundation
import Testing

@testable import Settings

/// The policies of docs/policies.md, loaded from the page.
@Suite struct DocumentedPolicyTests {
    private static let page: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return (try? String(contentsOf: root.appending(path: "docs/policies.md"), encoding: .utf8)) ?? ""
    }()

    /// The accounts of the page's examples, by the heading of each.
    private static func accounts() throws -> [String: AccountConfiguration] {
        var accounts: [String: AccountConfiguration] = [:]
        for section in page.components(separatedBy: "\n### ").dropFirst() {
            guard let start = section.range(of: "```yaml\n"), let end = section.range(of: "\n```\n") else { continue }
            let lines = section[start.upperBound..<end.lowerBound].components(separatedBy: "\n").map { "    \($0)" }
            let yaml = "accounts:\n  - token_env: TOKEN\n    discovery: {}\n" + lines.joined(separator: "\n")
            let heading = String(section.prefix { $0 != "\n" })
            accounts[heading] = try Configuration(yaml: yaml, file: "policies.md").accounts[0]
        }
        return accounts
    }

    private static func decisions(
        _ heading: String, _ id: String, type: String = "postgresql", tags: [String] = []
    ) throws -> Decisions {
        let account = try #require(try accounts()[heading])
        let parts = id.split(separator: "/").map(String.init)
        let key = AddonKey(account: "default", project: parts[0], addon: parts[1])
        return account.resolve(key, type: type, tags: tags).decisions
    }

    @Test("there are five") func count() throws { #expect(try Self.accounts().count == 5) }

    @Test("production") func production() throws {
        let heading = "Production: 26 hours, a month back, restored once a quarter"
        var decisions = Decisions()
        decisions.policy = "production"
        decisions.owner = "payments@acme.example"
        decisions.maxAge = .seconds(26 * 3600)
        decisions.required = [.dump]
        decisions.minBackups = 7
        decisions.minSpan = .seconds(30 * 86_400)
        decisions.restoreEvery = .seconds(90 * 86_400)
        decisions.onGone = .page
        #expect(try Self.decisions(heading, "prod-eu/db") == decisions)
        #expect(try Self.decisions(heading, "prod-eu/db", type: "redis") == Decisions())
        #expect(try Self.decisions(heading, "production/db") == Decisions())
    }

    @Test("previews") func previews() throws {
        var decisions = Decisions()
        decisions.policy = "previews"
        decisions.waiver = Waiver(
            reason: "throw-away data", owner: "platform@acme.example",
            until: Timestamp(rfc3339: "2027-03-31T23:59:59Z")!)
        #expect(try Self.decisions("Previews: not protected, until a day", "preview-7/db") == decisions)
    }

    @Test("one addon") func one() throws {
        let heading = "One addon with a stricter objective"
        var decisions = Decisions()
        decisions.policy = "shop"
        decisions.owner = "shop@acme.example"
        decisions.maxAge = .seconds(7200)
        #expect(try Self.decisions(heading, "shop/postgres") == decisions)
        decisions.maxAge = .seconds(26 * 3600)
        #expect(try Self.decisions(heading, "shop/carts") == decisions)
        #expect(try Self.decisions(heading, "blog/postgres") == Decisions())
    }

    @Test("maintenance") func maintenance() throws {
        var decisions = Decisions()
        decisions.policy = "internal"
        decisions.grace = .seconds(3600)
        decisions.windows = [
            MaintenanceWindow(days: [5, 6], from: 1320, to: 240, timeZone: "Europe/Berlin"),
            MaintenanceWindow(days: Set(0..<7), from: 720, to: 750, timeZone: "UTC"),
        ]
        #expect(try Self.decisions("Maintenance at weekends", "a/b", tags: ["internal"]) == decisions)
        let forgiven = ForgivenTimes(decisions.windows) { TimeZones.zone($0) }
        // Monday in Berlin, an hour ahead of UTC.
        #expect(forgiven.contains(Timestamp(rfc3339: "2026-11-30T02:59:59Z")!))
        #expect(!forgiven.contains(Timestamp(rfc3339: "2026-11-30T03:00:00Z")!))
    }

    @Test("every other addon") func rest() throws {
        var decisions = Decisions()
        decisions.policy = "standard"
        decisions.owner = "platform@acme.example"
        decisions.maxAge = .seconds(8 * 86_400)
        decisions.minBackups = 2
        decisions.onGone = .ticket
        #expect(try Self.decisions("What every other addon needs", "a/b") == decisions)
        decisions.policy = "production"
        decisions.maxAge = .seconds(26 * 3600)
        #expect(try Self.decisions("What every other addon needs", "a/b", tags: ["tier-1"]) == decisions)
    }
}
