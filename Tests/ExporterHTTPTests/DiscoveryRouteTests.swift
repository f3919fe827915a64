import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ExporterHTTP

/// What Prometheus's HTTP service discovery is told.
struct DiscoveryRouteTests {
    private static let host = HTTPFields([HTTPField(name: HTTPField.Name("Host")!, value: "exporter:9974")])

    @Test("the addresses of all shards, byte for byte")
    func shards() async throws {
        let response = try await Served(shards: { (2, ["a-0.a:9974", "a-1.a:9974"]) }).ask(.get, "/sd")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/json")
        #expect(
            response.text == """
                [
                  {
                    "labels" : {
                      "__meta_northflank_shard" : "0"
                    },
                    "targets" : [
                      "a-0.a:9974"
                    ]
                  },
                  {
                    "labels" : {
                      "__meta_northflank_shard" : "1"
                    },
                    "targets" : [
                      "a-1.a:9974"
                    ]
                  }
                ]
                """)
    }

    @Test("another path of the metrics is in the response")
    func telemetryPath() async throws {
        let served = Served(telemetryPath: "/prometheus", shards: { (1, ["a:1"]) })
        let text = try await served.ask(.get, "/sd").text
        #expect(text.contains(#""__metrics_path__" : "/prometheus""#))
    }

    @Test("several shards without configured addresses")
    func unknown() async throws {
        let response = try await Served(shards: { (3, nil) }).ask(.get, "/sd", headers: Self.host)
        #expect(response.status == .notFound)
        #expect(
            response.text == "The addresses of the 3 shards are not configured; name them with --shard.address.\n")
    }

    @Test("only reading")
    func methods() async throws {
        #expect(try await Served().ask(.post, "/sd").status == .methodNotAllowed)
        let head = try await Served(shards: { (1, ["a:1"]) }).ask(.head, "/sd")
        #expect(head.status == .ok)
        #expect(head.text.isEmpty)
    }
}
