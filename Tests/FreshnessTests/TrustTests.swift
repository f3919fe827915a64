import Testing

@testable import Freshness

@Suite("When webhooks are relied upon") struct TrustTests {
    @Test("webhooks are relied upon once they have reported four in five ends, for addons whose last end they reported")
    func reliable() {
        var trust = WebhookTrust()
        func reported(_ id: Int) {
            trust.report(id)
            trust.showEnd(id)
        }
        for _ in 0..<31 { reported(1) }
        #expect(!trust.isTrusted(1))
        reported(1)
        #expect(trust.isTrusted(1) && !trust.isTrusted(2))
        for _ in 0..<40 { reported(1) }
        reported(2)
        trust.showEnd(2)
        #expect(trust.isTrusted(1) && !trust.isTrusted(2))
        trust.remove(1)
        #expect(!trust.isTrusted(1))
    }

    @Test("a report counts for one end, and not for the addon that has the number next")
    func once() {
        var trust = WebhookTrust()
        for _ in 0..<60 {
            trust.report(1)
            trust.showEnd(1)
        }
        trust.report(2)
        trust.remove(2)
        trust.showEnd(2)
        #expect(trust.isTrusted(1) && !trust.isTrusted(2))
        for _ in 0..<4 { trust.showEnd(2) }
        #expect(!trust.isTrusted(1))
    }
}
