import Backups
import Testing

@testable import Freshness

@Suite("When the sentinel reads a project") struct SavingTests {
    private static func sentinel(rate: Double) -> Sentinel {
        var sentinel = Sentinel()
        sentinel.grow(to: 2)
        sentinel.setSavingRate(1, rate, now: 0)
        sentinel.schedule(1, now: 0)
        return sentinel
    }

    private static func isNear(_ left: Double?, _ right: Double) -> Bool { left.map { abs($0 - right) < 1e-6 } == true }

    @Test("a project is read when enough requests are saved up for it")
    func saved() {
        var sentinel = Self.sentinel(rate: 0.05)
        #expect(sentinel.savingRate == 0.05 && sentinel.inFlight == 0 && sentinel.nextDue == 20)
        #expect(sentinel.begin(now: 19.9) == nil)
        #expect(sentinel.begin(now: 20) == 1)
        #expect(sentinel.inFlight == 1)
        sentinel.schedule(1, now: 21)
        #expect(sentinel.nextDue == nil)
        #expect(sentinel.ended(0, requests: 1, now: 22) == false)
        #expect(sentinel.ended(1, requests: 2, now: 22) == true)
        #expect(sentinel.ended(1, requests: 2, now: 22) == false)
        #expect(sentinel.inFlight == 0 && sentinel.requests(1) == 2)
        sentinel.saw(1, now: 22)
        sentinel.schedule(1, now: 22)
        // Two requests at 0.05 a second, from 20 on.
        #expect(Self.isNear(sentinel.nextDue, 60))
        sentinel.setSavingRate(1, 0, now: 40)
        sentinel.schedule(1, now: 40)
        #expect(sentinel.nextDue == nil)
        sentinel.setSavingRate(1, 0.1, now: 50)
        sentinel.schedule(1, now: 50)
        #expect(Self.isNear(sentinel.nextDue, 60))
        sentinel.unschedule(1)
        #expect(sentinel.nextDue == nil)
    }

    @Test("a project is never read within fifteen seconds, however much the sentinel can spend")
    func shortestGap() {
        var sentinel = Self.sentinel(rate: 10)
        #expect(Self.isNear(sentinel.savingRate, 1.0 / 15))
        sentinel.saw(1, now: 7)
        sentinel.schedule(1, now: 7)
        #expect(sentinel.nextDue == 22)
        // An older reading that ends later changes nothing.
        sentinel.saw(1, now: 3)
        sentinel.schedule(1, now: 8)
        #expect(sentinel.nextDue == 22)
    }

    @Test("no more than one and a half readings are saved up")
    func most() {
        var sentinel = Self.sentinel(rate: 0.02)
        #expect(sentinel.begin(now: 1000) == 1)
        #expect(sentinel.ended(1, requests: 0, now: 1000) == true)
        #expect(sentinel.requests(1) == 1)
        sentinel.saw(1, now: 1000)
        sentinel.schedule(1, now: 1000)
        #expect(Self.isNear(sentinel.nextDue, 1025))
    }

    @Test("after failures a project is read with growing gaps, and after a success at its usual time")
    func failures() {
        var sentinel = Self.sentinel(rate: 10)
        var gaps: [Double] = []
        var now = 1000.0
        for failure in 1...10 {
            #expect(sentinel.begin(now: now) == 1)
            #expect(sentinel.ended(1, requests: failure == 9 ? 1 : nil, now: now) == true)
            if failure == 9 { sentinel.saw(1, now: now) }
            sentinel.schedule(1, now: now)
            gaps.append((sentinel.nextDue ?? 0) - now)
            now = sentinel.nextDue ?? 0
        }
        #expect(gaps == [60, 120, 240, 480, 960, 1920, 3840, 3840, 15, 60])
    }
}
