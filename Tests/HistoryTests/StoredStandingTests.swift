import Backups
import Testing

@testable import History

struct StoredStandingTests {
    private static let standing = Standing(
        state: .late, since: at(5),
        findings: [
            .init(kind: .tooOld, type: .dump, since: at(5)), .init(kind: .noObjective, type: nil, since: at(-7)),
        ])

    @Test("a standing is read as it was written")
    func roundTrip() {
        let text = StoredStanding.encode(Self.standing)
        #expect(text == "late@5;too-old:dump@5;no-objective@-7")
        #expect(StoredStanding.decode(text) == Self.standing)
        for state in HealthState.allCases {
            let one = Standing(
                state: state, since: at(1),
                findings: FindingKind.allCases.map {
                    .init(kind: $0, type: nil, since: at(2))
                })
            #expect(StoredStanding.decode(StoredStanding.encode(one)) == one)
        }
    }

    @Test(
        "other texts are no standing; findings of later versions are left out",
        arguments: [
            ("", nil), ("late", nil), ("late@x", nil), ("better@5", nil), ("late@5;@", 0), ("late@5;new@6;empty@7", 1),
            ("late@5;too-old:tape@6", 1),
        ] as [(String, Int?)])
    func odd(text: String, findings: Int?) {
        #expect(StoredStanding.decode(text)?.findings.count == findings)
    }

    @Test("removals are read as they were written")
    func removals() {
        var removals = Removals()
        removals.counts = [.dump: 29, .snapshot: 1]
        removals.last = [
            .dump: .init(
                at: at(7), removed: 29, left: 1, early: .seconds(60) ... .seconds(90), retention: .seconds(100))
        ]
        removals.suspects = [.init(type: .dump, createdAt: at(-3), missedAt: at(9))]
        let text = StoredRemovals.encode(removals)
        #expect(text == "c,0,1;c,1,29;l,1,7,29,1,60,90,100;s,1,-3,9")
        #expect(StoredRemovals.decode(text) == removals)
        #expect(
            StoredRemovals.decode("c,1;l,1,7,29,1,90,60,100;s,1,x,9;z,1,2;c,9,4;c,3,-4")
                == Removals(counts: [.unknown: 0]))
        #expect(StoredRemovals.decode("") == Removals())
    }
}

extension Removals {
    fileprivate init(counts: ByType<Int>) {
        self.init()
        self.counts = counts
    }
}
