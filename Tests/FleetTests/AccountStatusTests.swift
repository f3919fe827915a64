import Backups
import Exposition
import Northflank
import Testing

@testable import Fleet

@Suite struct AccountStatusTests {
    private static let now = Timestamp(milliseconds: 1_767_225_600_400)

    @Test("requests start at zero for each endpoint, so that no first one is missed")
    func start() {
        let status = AccountStatus(name: "acme")
        #expect(
            status.requests == [
                .projects: ["200": 0], .addons: ["200": 0], .backups: ["200": 0], .schedules: ["200": 0],
                .restores: ["200": 0], .auth: ["200": 0],
            ])
        #expect(status.durations.count == 6)
        #expect(
            RequestPurpose.allCases.map(\.label) == [
                "new", "webhook", "sentinel", "slot", "sweep", "lists", "addon_states", "schedules", "restores", "auth",
            ])
        #expect(Set(status.requestsByPurpose.keys) == Set(RequestPurpose.allCases))
        #expect(status.requestsByPurpose.values.allSatisfy { $0 == 0 })
        #expect(status.rateLimit == nil)
        #expect(status.polling.isDiscoveryUp == nil)
    }

    @Test func requests() {
        var status = AccountStatus(name: "acme")
        status.record(.request(.backups, code: "200", duration: 0.3), now: Self.now)
        status.record(.request(.backups, code: "502", duration: 40), now: Self.now)
        status.record(.request(.addons, code: "error", duration: 0.001), now: Self.now)
        #expect(
            status.requests == [
                .projects: ["200": 0], .addons: ["200": 0, "error": 1], .backups: ["200": 1, "502": 1],
                .schedules: ["200": 0], .restores: ["200": 0], .auth: ["200": 0],
            ])
        #expect(status.durations[.backups]?.count == 2)
        #expect(status.durations[.backups]?.sum == 40.3)
        #expect(status.durations[.backups]?.counts == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0])
        #expect(status.durations[.addons]?.counts.first == 1)
        #expect(status.durations[.projects]?.count == 0)
    }

    @Test func retriesAndErrors() {
        var status = AccountStatus(name: "acme")
        status.record(.retry(.timeout), now: Self.now)
        status.record(.retry(.timeout), now: Self.now)
        status.record(.failure(.backups, APIError(.timeout, "x")), now: Self.now)
        #expect(status.retries == [.timeout: 2])
        #expect(status.errors == [.timeout: 1])
    }

    @Test(
        "the reset becomes an instant, in whole seconds so that it does not flicker; absurd ones are clamped",
        arguments: [
            (3600, 1_767_229_200_000), (0, 1_767_225_600_000), (0.2, 1_767_225_601_000), (1e300, .max),
        ] as [(Double, Int64)])
    func rateLimit(reset: Double, milliseconds: Int64) {
        var status = AccountStatus(name: "acme")
        status.record(.rateLimit(RateLimitHeaders(limit: 1000, remaining: 7, reset: reset)), now: Self.now)
        #expect(
            status.rateLimit
                == AccountStatus.RateLimit(
                    limit: 1000, remaining: 7, resetsAt: Timestamp(milliseconds: milliseconds)))
    }
}
