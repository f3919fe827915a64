import NorthflankSimulator
import Testing

/// Routes, authorization, queries and the rate limit.
@Suite struct RequestTests {
    @Test(arguments: [
        ("/v1/projects/none", 404, "Project not found"),
        ("/v1/projects/shop/addons/none/backups", 404, "Addon not found"),
        ("/v1/projects/shop/addons/db/none", 404, "Route not found"),
        ("/v1/projects/shop/addons/db/backups/c", 404, "Route not found"),
        ("/v1/teams/acme/projects", 404, "Team not found"),
        ("/v2/projects", 404, "Route not found"), ("/v1/auth/x", 404, "Route not found"),
        ("/", 404, "Route not found"),
        ("/v1/projects/%zz", 400, "Broken percent-encoding in the path"),
        ("/v1/projects/%FF", 400, "Broken percent-encoding in the path"),
        ("/v1/projects?per_page=0", 400, "per_page must be a number from 1 to 100"),
        ("/v1/projects?per_page=101", 400, "per_page must be a number from 1 to 100"),
        ("/v1/projects?per_page=-1", 400, "per_page must be a number from 1 to 100"),
        ("/v1/projects?per_page=", 400, "per_page must be a number from 1 to 100"),
        ("/v1/projects?page=x", 400, "page must be a number from 1 to 1000000"),
        ("/v1/projects?cursor=nonsense", 400, "Invalid cursor"),
        ("/v1/projects?cursor=b+/0/0==", 400, "Invalid cursor"),
        ("/v1/projects?cursor=%2", 400, "Broken percent-encoding in the query"),
    ])
    func refusal(target: String, status: Int, message: String) async {
        let simulator = Simulator(fleet: oddFleet, now: { noon })
        let answer = await simulator.get(target)
        #expect(answer.status == status)
        let id = status == 404 ? "not-found" : "invalid-request"
        #expect(
            answer.text
                == "{\"error\":{\"status\":\(status),\"message\":\"\(message)\",\"id\":\"\(id)\"}}")
    }

    @Test(arguments: [
        "/v1/projects/sh%6Fp/addons/%64b/backups", "/v1/teams/a%20c/projects/shop/addons/db/backups",
        "/v1/projects/shop/addons/db/backups/",
        "/v1/projects/shop/addons/db/backups?per_page=100&cursor=&unknown=1",
    ])
    func sameBackups(target: String) async {
        let simulator = Simulator(
            fleet: oddFleet, options: SimulatorOptions(team: "a c"), now: { noon })
        #expect(await simulator.get(target).page?.ids == ["c", "b", "a"])
    }

    @Test func token() async {
        let simulator = Simulator(fleet: oddFleet, options: SimulatorOptions(team: "acme"), now: { noon })
        let answer = await simulator.get("/v1/auth")
        #expect(answer.status == 200)
        #expect(
            answer.text.contains(
                #""expiresAt":null,"permissions":{"orgScope":[],"teamScope":[],"projectScope":["Project > Addons"#))
        #expect(await simulator.get("/v1/teams/acme/auth").status == 404)
        let other = SimulatedRequest("/v1/auth", authorization: "Bearer other")
        #expect(await simulator.answer(to: other).status == 401)
    }

    /// An encoded slash does not separate segments.
    @Test func encodedSlash() async {
        let fleet = [SimulatedProject(id: "a/b")]
        let simulator = Simulator(fleet: fleet, now: { noon })
        #expect(await simulator.get("/v1/projects/a%2Fb").status == 200)
        #expect(await simulator.get("/v1/projects/a/b").status == 404)
    }

    @Test func onlyGet() async {
        let simulator = Simulator(fleet: oddFleet, now: { noon })
        let answer = await simulator.answer(
            to: SimulatedRequest(
                method: "POST", "/v1/projects", authorization: "Bearer simulator-token"))
        #expect(answer.status == 405)
        #expect(answer.header("allow") == "GET")
    }

    @Test func authorization() async {
        let simulator = Simulator(fleet: oddFleet, now: { noon })
        for value in [nil, "", "Bearer", "Bearer wrong", "Basic simulator-token", "simulator-token"] {
            let answer = await simulator.answer(
                to: SimulatedRequest("/v1/projects", authorization: value))
            #expect(answer.status == 401)
            #expect(
                answer.text == """
                    {"error":{"status":401,"message":"Missing or invalid API token","id":"unauthorized"}}
                    """)
        }
        let lowercase = SimulatedRequest("/v1/projects", authorization: "bearer simulator-token")
        #expect(await simulator.answer(to: lowercase).status == 200)
        await simulator.setToken("rotated")
        #expect(await simulator.get("/v1/projects").status == 401)
        #expect(await simulator.get("/v1/projects", token: "rotated").status == 200)
    }

    @Test func rateLimit() async {
        let clock = HandClock()
        let simulator = Simulator(
            fleet: oddFleet, options: SimulatorOptions(rateLimit: 2, rateLimitWindow: 60),
            now: clock.now)
        clock.advance(by: 1000)
        let first = await simulator.get("/v1/projects")
        #expect(rateLimitHeaders(of: first) == ["2", "1", "60"])
        clock.advance(by: 30.5)
        // A refused request counts like any other.
        let second = await simulator.get("/v1/projects", token: "wrong")
        #expect(rateLimitHeaders(of: second) == ["2", "0", "30"])
        let third = await simulator.get("/v1/projects")
        #expect(third.status == 429)
        #expect(third.header("retry-after") == "30")
        #expect(rateLimitHeaders(of: third) == ["2", "0", "30"])
        #expect(
            third.text == """
                {"error":{"status":429,"message":"Too many requests","id":"rate-limited"}}
                """)
        clock.advance(by: 29.5)
        let fourth = await simulator.get("/v1/projects")
        #expect(fourth.status == 200)
        #expect(rateLimitHeaders(of: fourth) == ["2", "1", "60"])
        await simulator.setRateLimit(nil)
        #expect(rateLimitHeaders(of: await simulator.get("/v1/projects")) == [nil, nil, nil])
    }

    private func rateLimitHeaders(of answer: SimulatedAnswer) -> [String?] {
        ["limit", "remaining", "reset"].map { answer.header("x-ratelimit-\($0)") }
    }
}
