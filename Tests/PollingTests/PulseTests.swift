import TestSupport
import Testing

@testable import Polling

struct PulseTests {
    @Test("an account stands still two minutes after its last step, an ended account never")
    func pulse() {
        let time = ManualTime()
        let pulse = Pulse(time: time)
        #expect(pulse.standstills.isEmpty)
        pulse.beat("b")
        pulse.beat("a")
        time.advance(by: 120)
        #expect(pulse.standstills.isEmpty)
        pulse.beat("c")
        time.advance(by: 0.5)
        #expect(pulse.standstills.map(\.account) == ["a", "b"])
        #expect(pulse.standstills.map(\.seconds) == [120.5, 120.5])
        pulse.beat("a")
        pulse.ended("b")
        #expect(pulse.standstills.isEmpty)
    }

    @Test("the time for which the whole process did not run is no standstill, once for each step")
    func paused() {
        let time = ManualTime(uptime: 100)
        let pulse = Pulse(time: time)
        pulse.beat("a")
        pulse.beginLooking()
        // Looks that are close enough to each other leave nothing out.
        for _ in 0..<4 {
            time.advance(by: 30)
            #expect(pulse.standstills.isEmpty)
        }
        time.advance(by: 0.5)
        #expect(pulse.standstills.map(\.seconds) == [120.5])
        pulse.beat("a")
        time.advance(by: 21_600)
        #expect(pulse.standstills.isEmpty)
        // Without a step since, the next pause counts.
        time.advance(by: 120)
        #expect(pulse.standstills.isEmpty)
        time.advance(by: 0.5)
        #expect(pulse.standstills.map(\.seconds) == [120.5])
        pulse.beat("a")
        time.advance(by: 21_600)
        #expect(pulse.standstills.isEmpty)
    }
}
