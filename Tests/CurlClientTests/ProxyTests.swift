import CurlClient
import Foundation
import Testing

/// Proxies are set in the environment, which is changed in a process of its own: others read it, too.
struct ProxyTests {
    @Test func neverUsesAProxyForLoopback() async {
        await #expect(processExitsWith: .success) {
            let proxy = try ScriptedServer { _ in http("403 Forbidden") }
            for name in ["http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"] {
                setenv(name, "http://127.0.0.1:\(proxy.port)", 1)
            }
            let server = try ScriptedServer { _ in http(body: "direct") }
            let client = CurlClient(maxConcurrentTransfers: 1)
            for host in ["127.0.0.1", "localhost", "127.1"] {
                let request = CurlRequest(url: "http://\(host):\(server.port)/", userAgent: "t")
                #expect(try await client.perform(request).body == Array("direct".utf8))
            }
            #expect(proxy.connectionCount == 0)
            await client.shutdown()
        }
    }

    @Test func usesTheProxyForOthersAndKeepsTheHeadersFromIt() async {
        await #expect(processExitsWith: .success) {
            let proxy = try ScriptedServer { _ in http("403 Forbidden") }
            setenv("https_proxy", "http://127.0.0.1:\(proxy.port)", 1)
            let client = CurlClient(maxConcurrentTransfers: 1)
            let request = CurlRequest(
                url: "https://backups.example/", headers: [CurlHeader("Authorization", "Bearer secret")],
                userAgent: "t")
            let error = await client.failure(request)
            #expect(error?.kind == .proxy)
            #expect(proxy.heads.count == 1)
            #expect(proxy.heads.first?.hasPrefix("CONNECT backups.example:443 HTTP/1.1\r\n") == true)
            #expect(proxy.heads.first?.contains("secret") == false)
            await client.shutdown()
        }
    }

    @Test func doesNotShowThePasswordOfAProxy() async {
        await #expect(processExitsWith: .success) {
            setenv("https_proxy", "nonsense://user:password@127.0.0.1:1", 1)
            let client = CurlClient(maxConcurrentTransfers: 1)
            let error = await client.failure(
                CurlRequest(url: "https://backups.example/", userAgent: "t"))
            #expect(error != nil)
            #expect(error?.message.contains("password") == false)
            await client.shutdown()
        }
    }
}
