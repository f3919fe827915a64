import NorthflankSimulator
import Testing

@Suite struct VirtualClockTests {
    @Test func runsFaster() {
        let clock = VirtualClock(start: 1000, virtualStart: 5000, scale: 60)
        #expect([1000, 1001, 1000.5, 999].map(clock.now) == [5000, 5060, 5030, 4940])
        #expect(VirtualClock.real.now(real: noon + 0.123) == noon + 0.123)
    }

    @Test(arguments: [0, -1, .nan, .infinity])
    func impossibleScale(scale: Double) {
        #expect(VirtualClock(start: 0, virtualStart: 10, scale: scale).now(real: 5) == 15)
    }

    @Test func options() {
        func clock(_ options: SimulatorOptions) -> VirtualClock { options.clock(start: 100) }
        #expect(clock(SimulatorOptions(timeScale: 60)) == .real)
        #expect(
            clock(SimulatorOptions(timeScale: 60, virtualClock: true))
                == VirtualClock(start: 100, virtualStart: 100, scale: 60))
        // Without a virtual clock the scale divides periods, and must not change the clock.
        #expect(
            clock(SimulatorOptions(timeScale: 60, virtualStart: 7))
                == VirtualClock(start: 100, virtualStart: 7, scale: 1))
        #expect(
            clock(SimulatorOptions(timeScale: .nan, virtualClock: true))
                == VirtualClock(start: 100, virtualStart: 100, scale: 1))
    }

    /// A day passes in ten seconds; only the speed differs from real time.
    @Test func simulatorRunsFaster() async throws {
        let options = SimulatorOptions(timeScale: 8640, virtualClock: true, virtualStart: noon)
        let real = HandClock(1000)
        let simulator = Simulator(options: options, now: real.now)
        let plain = HandClock()
        let slow = Simulator(now: plain.now)
        #expect(await simulator.truth() == slow.truth())
        real.advance(by: 25)
        plain.advance(by: 25 * 8640)
        #expect(await simulator.truth() == slow.truth())
        let truth = await simulator.control("GET", "truth").text
        #expect(
            truth.hasPrefix(
                """
                {"now":"2025-06-18T03:06:40.000Z","nowSeconds":1750216000.0,"seed":1,"timeScale":8640.0,\
                "virtualClock":true,"team":null,
                """))
        #expect(simulator.clock.now(real: 1025) == 1_750_216_000)
        #expect(
            await simulator.control("GET", "clock").text == """
                {"realSeconds":1000.0,"virtualSeconds":1750000000.0,"scale":8640.0}
                """)
        #expect(
            await slow.control("GET", "clock").text == """
                {"realSeconds":0.0,"virtualSeconds":0.0,"scale":1.0}
                """)
    }

    @Test func rateLimitRunsFaster() async {
        let real = HandClock()
        let options = SimulatorOptions(timeScale: 60, virtualClock: true, rateLimit: 2)
        let simulator = Simulator(options: options, now: real.now)
        #expect(await simulator.get("/v1/projects").header("x-ratelimit-reset") == "3600")
        real.advance(by: 30)
        #expect(await simulator.get("/v1/projects").header("x-ratelimit-reset") == "1800")
        real.advance(by: 30)
        #expect(await simulator.get("/v1/projects").header("x-ratelimit-remaining") == "1")
    }
}
