import Foundation
import Freshness

@main
struct FreshnessBenchmark {
    private static let usage =
        "usage: freshness-benchmark [--addons N] [--days D] [--seed S] [--midnight PERCENT] [--polls] [--markdown]"

    static func main() {
        var sizes = [100, 1000, 5000]
        var (days, seed, midnight) = (7, 1, 80)
        var (showsPolls, isMarkdown) = (false, false)
        var arguments = CommandLine.arguments.dropFirst()
        func number() -> Int {
            guard let value = arguments.popFirst().flatMap({ Int($0) }), value > 0 else { fail() }
            return value
        }
        while let argument = arguments.popFirst() {
            switch argument {
            case "--addons": sizes = [number()]
            case "--days": days = number()
            case "--seed": seed = number()
            case "--midnight": midnight = min(100, number())
            case "--polls": showsPolls = true
            case "--markdown": isMarkdown = true
            default: fail()
            }
        }
        for size in sizes {
            let world = World(addons: size, days: days, seed: seed, midnight: Double(midnight) / 100)
            let title =
                "\(size) addons in \(world.projects.count) projects, \(midnight) % at midnight, \(days) days, seed \(seed)"
            Table(world: world, title: title, showsPolls: showsPolls, isMarkdown: isMarkdown).write()
        }
    }

    private static func fail() -> Never {
        FileHandle.standardError.write(Data((usage + "\n").utf8))
        exit(2)
    }
}
