import Foundation
import NorthflankSimulator
import Testing

@Suite struct FaultTests {
    private let target = "/v1/projects/shop/addons/db/backups"

    private func answer(_ kind: Fault.Kind) async -> SimulatedAnswer {
        let simulator = Simulator(fleet: oddFleet, now: { noon })
        await simulator.setFaults([Fault(kind)])
        return await simulator.get(target)
    }

    @Test func latency() async {
        let answer = await answer(.latency(seconds: 2.5))
        #expect(answer.delay == 2.5)
        #expect(answer.status == 200)
    }

    @Test func status() async {
        let json = await answer(.status(503, retryAfter: "7"))
        #expect(json.status == 503)
        #expect(json.header("retry-after") == "7")
        #expect(
            json.text == """
                {"error":{"status":503,"message":"Simulated fault","id":"simulated-fault"}}
                """)
        let html = await answer(.status(502, body: .html))
        #expect(html.header("content-type") == "text/html; charset=utf-8")
        #expect(html.header("retry-after") == nil)
        #expect(html.text.hasPrefix("<!DOCTYPE html>"))
        let empty = await answer(.status(500, body: .empty))
        #expect(empty.body == [])
    }

    @Test func brokenDelivery() async {
        #expect(await answer(.noAnswer).delivery == .never)
        let cut = await answer(.cutBody)
        #expect(cut.delivery == .cut)
        #expect(cut.page?.ids == ["c", "b", "a"])
    }

    @Test func brokenBodies() async {
        let truncated = await answer(.truncatedJSON)
        #expect(truncated.status == 200)
        #expect(truncated.page == nil)
        #expect(truncated.text.hasPrefix("{\"data\":{\"backups\":[{\"id\":\"c\""))
        #expect(await answer(.malformedJSON).text == "{]")
        let html = await answer(.htmlPage)
        #expect(html.status == 200)
        #expect(html.header("content-type") == "text/html; charset=utf-8")
        let canned = await answer(.canned(body: [0, 255], status: 201, contentType: "x/y"))
        #expect(canned.body == [0, 255])
        #expect(canned.status == 201)
        #expect(canned.header("content-type") == "x/y")
        let oversized = await answer(.oversizedBody(bytes: 5000))
        #expect(oversized.body.count == 5000)
        #expect(oversized.page?.ids == ["c", "b", "a"])
        let redirect = await answer(.redirect(location: "http://elsewhere/", status: 307))
        #expect(redirect.status == 307)
        #expect(redirect.header("location") == "http://elsewhere/")
    }

    @Test(arguments: [
        (
            Fault.WrongTypes.fields,
            """
            {"data":{"backups":[{"id":17,"name":false,"uid":18,"status":["completed"],\
            "createdAt":1611141593,"completedAt":true,"config":"none","spec":"none"}]},\
            "pagination":{"hasNextPage":false,"count":1}}
            """
        ),
        (.list, #"{"data":{"backups":{}},"pagination":{"hasNextPage":false,"count":1}}"#),
        (.data, #"{"data":null,"pagination":{"hasNextPage":false,"count":1}}"#),
    ])
    func wrongTypes(variant: Fault.WrongTypes, text: String) async {
        #expect(await answer(.wrongTypes(variant)).text == text)
    }

    @Test func wrongPagination() async {
        #expect(await answer(.wrongTypes(.pagination)).text.hasSuffix(#"]},"pagination":"none"}"#))
    }

    @Test func pagesWithoutEnd() async throws {
        let simulator = Simulator(fleet: oddFleet, now: { noon })
        for (kind, distinct) in [(Fault.Kind.repeatingCursor, 1), (.endlessPages, 5)] {
            await simulator.setFaults([Fault(kind)])
            var cursors: [String] = []
            for _ in 0..<5 {
                let query = cursors.last.map { "&cursor=\(encoded($0))" } ?? ""
                let page = try #require(await simulator.get("\(target)?per_page=2\(query)").page)
                #expect(page.ids == ["c", "b"])
                #expect(page.pagination.hasNextPage)
                cursors.append(try #require(page.pagination.cursor))
            }
            #expect(Set(cursors).count == distinct)
        }
    }

    @Test func scope() async {
        let simulator = Simulator(fleet: oddFleet, now: { noon })
        let paths = [
            "/v1/projects", "/v1/projects/shop/addons", target, "/v1/projects/shop/addons/cache/backups",
        ]
        func statuses(_ scope: Fault.Scope) async -> [Int] {
            await simulator.setFaults([Fault(.status(500), scope: scope)])
            var statuses: [Int] = []
            for path in paths { statuses.append(await simulator.get(path + "?per_page=9").status) }
            return statuses
        }
        #expect(await statuses(.everything) == [500, 500, 500, 500])
        #expect(await statuses(.init(endpoint: .backups)) == [200, 200, 500, 500])
        #expect(await statuses(.init(project: "shop")) == [200, 500, 500, 500])
        #expect(await statuses(.init(project: "shop", addon: "db")) == [200, 200, 500, 200])
        #expect(await statuses(.init(path: "/v1/projects/shop/addons")) == [200, 500, 200, 200])
        #expect(await statuses(.init(endpoint: .projects, addon: "db")) == [200, 200, 200, 200])
    }

    /// The first fault decides; a later fault keeps its count until it decides.
    @Test func times() async {
        let simulator = Simulator(fleet: oddFleet, now: { noon })
        await simulator.setFaults([
            Fault(.status(503), times: 2), Fault(.status(500), times: 1),
            Fault(.latency(seconds: 1), times: 1),
        ])
        var statuses: [Int] = []
        var delays: [Double] = []
        for _ in 0..<4 {
            let answer = await simulator.get(target)
            statuses.append(answer.status)
            delays.append(answer.delay)
        }
        #expect(statuses == [503, 503, 500, 200])
        #expect(delays == [1, 0, 0, 0])
        #expect(await simulator.faults == [])
    }

    @Test func deleted() async {
        let simulator = Simulator(fleet: oddFleet, now: { noon })
        await simulator.setFaults([Fault(.deleted, scope: .init(project: "shop", addon: "db"))])
        #expect(await simulator.get(target).status == 404)
        #expect(await simulator.get("/v1/projects/shop/addons").page?.ids == ["cache"])
        #expect(await simulator.truth()[0].addons.map(\.id) == ["cache"])
        await simulator.setFaults([Fault(.deleted, scope: .init(project: "shop"))])
        #expect(await simulator.get("/v1/projects/shop/addons/cache").status == 404)
        #expect(await simulator.get("/v1/projects").page?.ids == [])
        #expect(await simulator.truth() == [])
        await simulator.setFaults([])
        #expect(await simulator.get("/v1/projects").page?.ids == ["shop"])
    }

    @Test func hiddenRateLimit() async {
        let simulator = Simulator(
            fleet: oddFleet, options: SimulatorOptions(rateLimit: 1), now: { noon })
        await simulator.setFaults([Fault(.hiddenRateLimit)])
        for status in [200, 429] {
            let answer = await simulator.get(target)
            #expect(answer.status == status)
            #expect(answer.header("x-ratelimit-remaining") == nil)
        }
    }

    @Test func jsonRoundTrip() throws {
        let scope = Fault.Scope(endpoint: .schedules, project: "p", addon: "a", path: "/x")
        let kinds: [Fault.Kind] = [
            .latency(seconds: 1.5), .status(503, retryAfter: "5", body: .html), .noAnswer, .cutBody,
            .truncatedJSON, .malformedJSON, .htmlPage, .wrongTypes(.list), .repeatingCursor,
            .endlessPages, .redirect(location: "/y", status: 307),
            .canned(body: [1, 2], status: 201, contentType: "t"), .oversizedBody(bytes: 9), .deleted,
            .hiddenRateLimit,
        ]
        let faults = kinds.map { Fault($0, scope: scope, times: 3) }
        let data = try JSONEncoder().encode(faults)
        #expect(try JSONDecoder().decode([Fault].self, from: data) == faults)
    }
}
