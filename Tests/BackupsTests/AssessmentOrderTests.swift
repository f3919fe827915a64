import SplitMix64
import Testing

@testable import Backups

/// The order of the API's list and of the kept backups is not promised, so no judgement depends on it.
@Suite struct AssessmentOrderTests {
    @Test("every order of the backups gives the same assessment", arguments: 0..<100)
    func anyOrder(seed: Int) {
        var random = SplitMix64(seed)
        var world = World()
        world.objectives.decisions.grace = Bool.random(using: &random) ? minute : nil
        world.listed = Self.backups(&random)
        world.gone = Self.backups(&random)
        if seed % 4 == 0 { world.schedules = [] }
        let expected = world.assessment
        for _ in 0..<5 {
            world.listed.shuffle(using: &random)
            world.gone.shuffle(using: &random)
            #expect(world.assessment == expected)
        }
        // The fast way, without sorting.
        world.gone = []
        world.listed.sort { $0.isNewer(than: $1) }
        let newestFirst = world.assessment
        world.listed.reverse()
        #expect(world.assessment == newestFirst)
    }

    /// Up to 12 backups at few instants, so that some are told apart by their identities alone.
    private static func backups(_ random: inout SplitMix64) -> [Backup] {
        (0..<Int.random(in: 0...12, using: &random)).map { number in
            let day = Int.random(in: 1...10, using: &random)
            var one = World.dump(
                BackupStatus.allCases.randomElement(using: &random)!, "2026-03-\(day < 10 ? "0" : "")\(day)T00:00:05Z",
                minutes: Bool.random(using: &random) ? 5 : nil, size: .random(in: 0...2, using: &random),
                type: BackupType.allCases.randomElement(using: &random)!)
            one.identity = .uuid(random.next(), UInt64(number))
            return one
        }
    }
}
