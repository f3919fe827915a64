import SplitMix64

/// The stories of all addons, the incidents of the fleet, and what should be found.
struct World {
    struct Options {
        var addons = 100
        var days = 90
        var seed = 1
        /// Only incidents of this kind; nil for all.
        var kind: IncidentKind?
        /// Between two polls of an addon.
        var interval: Seconds = 30 * .minute
    }

    let options: Options
    var stories: [Story] = []
    /// All incidents; an incident's `id` is its index.
    var incidents: [Incident] = []
    /// The incidents of the whole fleet, by time.
    var fleetIncidents: [Incident] = []
    /// By addon, in the order of `mayFrom`.
    var expectations: [[Expectation]] = []

    var end: Seconds { Double(options.days) * .day }

    init(_ options: Options) {
        self.options = options
        drawFleetIncidents()
        var turns = Turns(options)
        for number in 0..<options.addons {
            var writer = StoryWriter(number: number, seed: options.seed, end: end)
            // The first days show the fleet as it is.
            writer.run(through: writer.random.number(in: 1.5...3.5) * .day)
            // One addon in ten has no incident.
            let isQuiet = options.addons > 9 && number % 10 == 9
            while !isQuiet, writer.cursor < end - 4 * .day, turns.write(&writer) {}
            writer.run(through: end)
            take(writer.story)
        }
    }

    private mutating func take(_ story: Story) {
        var story = story
        for index in story.incidents.indices {
            story.incidents[index].id = incidents.count
            incidents.append(story.incidents[index])
        }
        var expected = Truth.expectations(
            story, downtimes: fleetIncidents.filter { $0.kind == .downtime }.map { $0.begin..<$0.end }, end: end)
        for index in expected.indices {
            expected[index].incident = story.incidents.last { $0.begin <= expected[index].mayFrom }?.id ?? -1
        }
        story.runs.sort { $0.start > $1.start }
        stories.append(story)
        expectations.append(expected)
    }

    private mutating func drawFleetIncidents() {
        let kinds = IncidentKind.allCases.filter { $0.isFleetWide && (options.kind == nil || $0 == options.kind) }
        guard !kinds.isEmpty else { return }
        var random = SplitMix64(options.seed, 11)
        var time = 2.0 * .day
        var turn = 0
        while true {
            time += random.number(in: 0.4...1.6) * .day
            let kind = kinds[turn % kinds.count]
            turn += 1
            let length: Seconds =
                switch kind {
                case .outage: random.number(in: 2...25) * .minute
                case .longOutage: random.number(in: 2...24) * .hour
                case .refused: random.number(in: 1...15) * .minute
                case .partial: 20 * .minute
                case .clockAhead, .clockBehind: random.number(in: 2...8) * .hour
                case .downtime: random.number(in: 0.8...1.2) * .day
                default: .minute
                }
            guard time + length < end - .day else { return }
            var incident = Incident(kind: kind, begin: time.rounded(), end: (time + length).rounded())
            incident.id = incidents.count
            incidents.append(incident)
            fleetIncidents.append(incident)
            time += length
        }
    }
}

/// Gives each kind of incident its turn, as far as there is an addon to which it can happen.
private struct Turns {
    private let kinds: [IncidentKind]
    private var counts: [IncidentKind: Int] = [:]

    init(_ options: World.Options) {
        // An addon that has neither schedule nor `max_age` is drawn, not made.
        kinds = IncidentKind.allCases.filter { kind in
            !kind.isFleetWide && kind != .bare && (options.kind == nil || kind == options.kind)
        }
    }

    /// Writes the rarest kind of incident that fits; false if none does.
    mutating func write(_ writer: inout StoryWriter) -> Bool {
        if writer.isBare { return false }
        let draws = kinds.map { _ in writer.random.unit() }
        let order = kinds.indices.sorted {
            (Double(counts[kinds[$0], default: 0]) + draws[$0] * 3)
                < (Double(counts[kinds[$1], default: 0]) + draws[$1] * 3)
        }
        for kind in order.map({ kinds[$0] }) where writer.write(kind) {
            counts[kind, default: 0] += 1
            return true
        }
        return false
    }
}
