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
}
