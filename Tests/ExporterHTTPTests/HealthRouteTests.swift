import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@testable import ExporterHTTP
@testable import Reports

struct HealthRouteTests {
    @Test("a working exporter is healthy; an exporter that stands still gives the reason")
    func healthy() async throws {
        let healthy = try await Served().ask(.get, "/-/healthy")
        #expect((healthy.status, healthy.text) == (.ok, "The exporter is healthy.\n"))
        let standing = try await Served(standstill: "Nothing goes on.").ask(.get, "/-/healthy")
        #expect((standing.status, standing.text) == (.serviceUnavailable, "Nothing goes on.\n"))
        #expect(try await Served(standstill: "Nothing goes on.").ask(.get, "/-/ready").status == .ok)
    }

    @Test("the report as JSON, byte for byte")
    func json() async throws {
        let report = HealthReport.sample([.sample("orders-db", "failing", ["it <failed>"])])
        let response = try await Served(report: { report }).ask(.get, "/api/health")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/json")
        #expect(Array(buffer: response.body) == report.json)
        #expect(try HealthReport(json: Array(buffer: response.body)) == report)
    }

    @Test("the report is made anew each time, and not for other routes")
    func everyTime() async throws {
        let reports = Atomic(0)
        let served = Served(report: {
            .sample([.sample("\(reports.add(1, ordering: .relaxed).newValue)")])
        })
        for number in 1...2 {
            let response = try await served.ask(.get, "/api/health")
            #expect(try HealthReport(json: Array(buffer: response.body)).addons.map(\.addon) == ["\(number)"])
            _ = try await served.ask(.get, "/metrics")
            _ = try await served.ask(.get, "/-/ready")
            _ = try await served.ask(.post, "/api/health")
        }
    }
}
