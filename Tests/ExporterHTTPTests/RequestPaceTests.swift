import NIOCore
import Testing

@testable import ExporterHTTP

/// Until when a client has to go on, by what it has sent and read.
@Suite struct RequestPaceTests {
    private static func at(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(seconds) }

    private static let limits = RequestPace.Limits()
    private var pace = RequestPace(Self.limits, now: Self.at(0))

    @Test("a new connection has ten seconds for its first head, however many bytes come")
    mutating func head() {
        #expect(pace.phase == .head)
        pace.receivedBytes(now: Self.at(9))
        #expect(pace.deadline == Self.at(10))
    }

    @Test("a body has ten seconds from its head")
    mutating func body() {
        pace.receivedHead(now: Self.at(3))
        pace.receivedBytes(now: Self.at(8))
        #expect(pace.phase == .body)
        #expect(pace.deadline == Self.at(13))
    }

    @Test("each chunk has to be read within 20 seconds, and all of them within 120")
    mutating func response() {
        pace.receivedHead(now: Self.at(1))
        pace.receivedEnd(now: Self.at(2))
        #expect(pace.phase == .response)
        #expect(pace.deadline == Self.at(22))
        pace.sentChunk(now: Self.at(15))
        #expect(pace.deadline == Self.at(35))
        pace.sentChunk(now: Self.at(110))
        #expect(pace.deadline == Self.at(122))
    }

    @Test("a connection may wait three minutes between requests; the head of the next one has ten seconds again")
    mutating func idle() {
        pace.receivedHead(now: Self.at(1))
        pace.receivedEnd(now: Self.at(1))
        pace.sentResponse(now: Self.at(2))
        #expect(pace.phase == .idle)
        #expect(pace.deadline == Self.at(182))
        pace.receivedBytes(now: Self.at(100))
        #expect(pace.phase == .head)
        pace.receivedBytes(now: Self.at(105))
        #expect(pace.deadline == Self.at(110))
    }

    @Test("a request that waits behind a response does not shorten its time")
    mutating func pipelined() {
        pace.receivedHead(now: Self.at(0))
        pace.receivedEnd(now: Self.at(0))
        pace.receivedHead(now: Self.at(1))
        #expect(pace.phase == .response)
        #expect(pace.deadline == Self.at(20))
        pace.sentResponse(now: Self.at(12))
        #expect(pace.phase == .body)
        #expect(pace.deadline == Self.at(22))
        pace.receivedEnd(now: Self.at(14))
        #expect(pace.phase == .response)
        #expect(pace.deadline == Self.at(34))
    }

    @Test("a response before the end of the body leaves the body its time")
    mutating func early() {
        pace.receivedHead(now: Self.at(0))
        pace.sentResponse(now: Self.at(1))
        #expect(pace.unanswered == 0)
        #expect(pace.phase == .body)
        pace.receivedEnd(now: Self.at(2))
        #expect(pace.phase == .idle)
        #expect(pace.deadline == Self.at(182))
    }
}
