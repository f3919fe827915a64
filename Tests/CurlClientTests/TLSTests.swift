import CurlClient
import Testing

/// Only a certificate that is trusted and made for the host will do.
@Suite(.enabled(if: TLSServer.isAvailable), .timeLimit(.minutes(1)))
struct TLSTests {
    let client = CurlClient(maxConcurrentTransfers: 2)

    @Test func trustsTheAuthorityOfTheRequest() async throws {
        let server = try TLSServer(certificateFor: "IP:127.0.0.1")
        var request = CurlRequest(url: "https://127.0.0.1:\(server.port)/", userAgent: "t")
        request.caFile = server.certificate
        #expect(try await client.perform(request).status == 200)
    }

    @Test func refusesAnUnknownAuthority() async throws {
        let server = try TLSServer(certificateFor: "IP:127.0.0.1")
        var request = CurlRequest(url: "https://127.0.0.1:\(server.port)/", userAgent: "t")
        let error = await client.failure(request)
        #expect(error?.kind == .tls)
        #expect(error?.code == 60)

        // A connection that was trusted by another request is not there for this one.
        request.caFile = server.certificate
        #expect(try await client.perform(request).status == 200)
        request.caFile = nil
        #expect(await client.failure(request)?.kind == .tls)
    }

    @Test func refusesTheCertificateOfAnotherHost() async throws {
        let server = try TLSServer(certificateFor: "DNS:other.example")
        var request = CurlRequest(url: "https://127.0.0.1:\(server.port)/", userAgent: "t")
        request.caFile = server.certificate
        let error = await client.failure(request)
        #expect(error?.kind == .tls)
        #expect(error?.code == 60)
    }
}
