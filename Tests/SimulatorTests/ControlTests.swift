import Foundation
import NorthflankSimulator
import Testing

@Suite struct ControlTests {
    private let simulator = Simulator(fleet: oddFleet, now: { noon })

    @Test func truth() async throws {
        let answer = await simulator.control("GET", "truth")
        #expect(answer.status == 200)
        #expect(
            answer.text.hasPrefix(
                """
                {"now":"2025-06-15T15:06:40.000Z","nowSeconds":1750000000.0,"seed":1,"timeScale":1.0,\
                "virtualClock":false,"team":null,"projects":[{"id":"shop","name":"Shop \\"A\\"","description":"d","addons":[\
                {"id":"db","name":"DB","type":"postgresql","status":"running","version":"16.4",\
                "storageMegabytes":10240,"createdAt":"2024-01-15T09:30:00.000Z","personality":"",\
                "schedules":[{"id":"s",
                """))
        #expect(throws: Never.self) {
            _ = try JSONSerialization.jsonObject(with: Data(answer.body))
        }
    }

    @Test func requests() async {
        let request = SimulatedRequest(
            "/v1/projects?page=1", authorization: "Bearer simulator-token", userAgent: "test/1",
            acceptEncoding: "gzip")
        _ = await simulator.answer(to: request)
        _ = await simulator.get("/v1/projects/shop/addons/db/backups", token: "wrong-token")
        let answer = await simulator.control("GET", "requests")
        #expect(
            answer.text == """
                {"total":2,"connections":0,"endpoints":{"backups":1,"projects":1},"paths":{\
                "/v1/projects/shop/addons/db/backups":1,"/v1/projects?page=1":1},"statuses":{"200":1,\
                "401":1},"last":{"method":"GET","target":"/v1/projects/shop/addons/db/backups",\
                "status":401,"userAgent":null,"acceptEncoding":null,"hasAuthorization":true}}
                """)
        #expect(!answer.text.contains("token"))
        #expect(await simulator.requests.endpoints == ["backups": 1, "projects": 1])
        #expect(await simulator.control("DELETE", "requests").status == 204)
        #expect(await simulator.requests.total == 0)
    }

    @Test func faults() async {
        let body = #"[{"kind":"status","status":503,"retryAfter":5,"endpoint":"backups","times":3}]"#
        #expect(await simulator.control("PUT", "faults", body).status == 204)
        #expect(
            await simulator.faults
                == [Fault(.status(503, retryAfter: "5"), scope: .init(endpoint: .backups), times: 3)])
        _ = await simulator.get("/v1/projects/shop/addons/db/backups")
        let listed = await simulator.control("GET", "faults")
        let decoded = try? JSONDecoder().decode([Fault].self, from: Data(listed.body))
        #expect(decoded?.first?.times == 2)
        #expect(await simulator.control("PUT", "faults", "[]").status == 204)
        #expect(await simulator.faults == [])
    }

    @Test(arguments: [
        (#"[{"kind":"fire"}]"#, "unknown kind fire at [0].kind"),
        (#"[{"kind":"status"}]"#, "missing key status"),
        (#"[{"kind":"status","status":99}]"#, "status must be 200 to 599 at [0].status"),
        (#"[{"kind":"noAnswer","tmies":1}]"#, "unknown key tmies at [0]"),
        (#"[{"kind":"canned","bodyBase64":"?"}]"#, "not Base64 at [0].bodyBase64"),
    ])
    func refusedFaults(body: String, message: String) async {
        await simulator.setFaults([Fault(.noAnswer)])
        let answer = await simulator.control("PUT", "faults", body)
        #expect(answer.status == 400)
        #expect(
            answer.text
                == "{\"error\":{\"status\":400,\"message\":\"\(message)\",\"id\":\"invalid-request\"}}")
        #expect(await simulator.faults == [Fault(.noAnswer)])
    }

    @Test func canned() async {
        let body = #"{"project":"shop","addon":"db","endpoint":"backups","body":"[]","times":1}"#
        #expect(await simulator.control("POST", "canned", body).status == 204)
        #expect(await simulator.get("/v1/projects/shop/addons/db/backups").text == "[]")
        let bytes = #"{"path":"/anything/at/all","bodyBase64":"AP8=","status":418}"#
        #expect(await simulator.control("POST", "canned", bytes).status == 204)
        let answer = await simulator.get("/anything/at/all")
        #expect(answer.body == [0, 255])
        #expect(answer.status == 418)
    }

    @Test func tokenAndRateLimit() async {
        #expect(await simulator.control("POST", "token", #"{"token":"new"}"#).status == 204)
        #expect(await simulator.get("/v1/projects", token: "new").status == 200)
        #expect(await simulator.control("POST", "token", "{}").status == 400)
        let limit = #"{"limit":5,"windowSeconds":10}"#
        #expect(await simulator.control("PUT", "rate-limit", limit).status == 204)
        let answer = await simulator.get("/v1/projects", token: "new")
        #expect(answer.header("x-ratelimit-remaining") == "4")
        #expect(answer.header("x-ratelimit-reset") == "10")
    }

    @Test func unknown() async {
        #expect(await simulator.control("GET", "nothing").status == 404)
        #expect(await simulator.control("DELETE", "truth").status == 404)
    }
}
