import Foundation

@main
struct VerdictBenchmark {
    private static let usage =
        "usage: verdict-benchmark [--addons N] [--days D] [--seed S] [--interval SECONDS] [--kind NAME] [--log] [--log-addon N] [--markdown]"

    static func main() async throws {
        var options = World.Options()
        var isMarkdown = false
        var log: Watcher.Log?
        var arguments = CommandLine.arguments.dropFirst()
        func number() -> Int {
            guard let value = arguments.popFirst().flatMap({ Int($0) }), value > 0 else { fail() }
            return value
        }
        while let argument = arguments.popFirst() {
            switch argument {
            case "--addons": options.addons = number()
            case "--days": options.days = number()
            case "--seed": options.seed = number()
            case "--interval": options.interval = Double(number())
            case "--kind":
                guard let kind = arguments.popFirst().flatMap(IncidentKind.init) else { fail() }
                options.kind = kind
            case "--log": log = Watcher.Log()
            case "--log-addon": log = Watcher.Log(addon: number())
            case "--markdown": isMarkdown = true
            default: fail()
            }
        }
        let world = World(options)
        let simulation = Simulation(world, log: log)
        try await simulation.run()
        let table = Table(world, simulation.watcher, isMarkdown: isMarkdown)
        table.write()
        exit(table.isGood ? 0 : 1)
    }

    private static func fail() -> Never {
        let kinds = IncidentKind.allCases.map(\.rawValue).joined(separator: ", ")
        FileHandle.standardError.write(Data((usage + "\nkinds: " + kinds + "\n").utf8))
        exit(2)
    }
}
