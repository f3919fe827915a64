import Foundation
import Freshness

@main
struct FreshnessBenchmark {
    private static let usage = "usage: freshness-benchmark [--addons N] [--days D] [--seed S] [--markdown]"

    static func main() {
        if let x = ProcessInfo.processInfo.environment["S4"] { unsafe FreshnessPlan.tune4 = Double(x)! }
        if let x = ProcessInfo.processInfo.environment["S2"] { unsafe FreshnessPlan.tune2 = Double(x)! }
        if let x = ProcessInfo.processInfo.environment["S3"] { unsafe FreshnessPlan.tune3 = Double(x)! }
        if let x = ProcessInfo.processInfo.environment["SS"] { unsafe FreshnessPlan.tune = Double(x)! }
        var sizes = [100, 1000, 5000]
        var (days, seed, isMarkdown) = (7, 1, false)
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
            case "--markdown": isMarkdown = true
            default: fail()
            }
        }
        for size in sizes {
            let world = World(addons: size, days: days, seed: seed)
            Table(world, days: days, seed: seed).write(isMarkdown: isMarkdown)
        }
    }

    private static func fail() -> Never {
        FileHandle.standardError.write(Data((usage + "\n").utf8))
        exit(2)
    }
}
