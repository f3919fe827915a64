import Testing

@testable import Backups

/// The exact distribution of an age that grows as fast as the time.
@Suite struct RecoveryPointTests {
    /// Teeth from one instant to another, and from when on the age counts.
    private static func point(_ teeth: [(Int64, Int64, Int64?)], end: Int64 = 1000) -> RecoveryPoint? {
        RecoveryPoint(
            teeth.map { .init(range: at($0.0)..<at($0.1), since: $0.2.map(at)) }, end: at(end))
    }

    private static func ms(_ milliseconds: Int64) -> RecoveryPoint.Age { .known(.milliseconds(milliseconds)) }

    @Test("One tooth: each age lasts equally long")
    func tooth() {
        #expect(
            Self.point([(0, 100, 0)])
                == RecoveryPoint(
                    p50: Self.ms(50), p95: Self.ms(95), worst: Self.ms(100), worstEnded: at(100), without: .zero))
        // Seen from the middle of it on.
        #expect(Self.point([(60, 100, 0)])?.p50 == Self.ms(80))
        #expect(Self.point([(60, 100, 0)])?.p95 == Self.ms(98))
        #expect(Self.point([]) == nil)
        #expect(Self.point([(5, 5, 0)]) == nil)
    }

    @Test("Teeth of different lengths: short ages are common to all")
    func teeth() {
        // Ages up to 100 in both, up to 300 in one: of 400 ms, 200 are at ages up to 100.
        let point = Self.point([(0, 100, 0), (100, 400, 100)])
        #expect(point?.p50 == Self.ms(100))
        // 380 of 400: 280 of the long tooth.
        #expect(point?.p95 == Self.ms(280))
        #expect(point?.worst == Self.ms(300))
        // To the millisecond, rounded up.
        #expect(Self.point([(0, 3, 0), (3, 6, 3)])?.p50 == Self.ms(2))
        #expect(Self.point([(0, 4, 0), (4, 8, 4)])?.p50 == Self.ms(2))
    }

    @Test("The worst is the latest of equal ones; one up to the end has not ended")
    func worst() {
        #expect(Self.point([(0, 100, 0), (100, 200, 100)])?.worstEnded == at(200))
        #expect(Self.point([(0, 100, 0), (100, 200, 100)], end: 200)?.worstEnded == nil)
        #expect(Self.point([(0, 101, 0), (101, 201, 101)], end: 201)?.worstEnded == at(101))
    }

    @Test("Time without a restorable backup is older than any age")
    func without() {
        // 6 of 100 without.
        let few = Self.point([(0, 94, 0), (94, 100, nil)])
        #expect(few?.p50 == Self.ms(50))
        #expect(few?.p95 == RecoveryPoint.Age.nothing)
        #expect(few?.worst == RecoveryPoint.Age.nothing)
        #expect(few?.worstEnded == at(100))
        #expect(few?.without == .milliseconds(6))
        #expect(Self.point([(0, 95, 0), (95, 100, nil)])?.p95 == Self.ms(95))
        #expect(Self.point([(0, 100, nil)])?.p50 == RecoveryPoint.Age.nothing)
    }
}
