import Backups
import SplitMix64

/// Writes the story of one addon, in the order of time.
struct StoryWriter {
    /// A backup that is about to be taken, for incidents to change.
    struct Plan {
        let type: BackupType
        let slot: Seconds
        var queue: Seconds
        var duration: Seconds
        var status = "completed"
        /// 0 for an empty backup.
        var factor = 1.0
        var isTaken = true
    }

    /// Entries before the exporter's start, at most.
    static let prelude = -61.0 * .day

    var story: Story
    var random: SplitMix64
    /// All is written until then.
    private(set) var cursor: Seconds
    let end: Seconds
    /// When backups without a schedule are taken, by a job of the addon's owner.
    private var byHand: [Seconds] = []
    private let duration: Seconds
    private let size: Double

    init(number: Int, seed: Int, end: Seconds) {
        var random = SplitMix64(seed, 7, number)
        self.end = end
        // One in twenty takes most of an hour.
        let isLong = random.unit() < 0.05
        let duration = (isLong ? random.number(in: 2400...3000) : random.number(in: 15...780)).rounded()
        self.duration = duration
        size = random.number(in: 1e7...4e10)
        cursor = Self.prelude
        let durations = (duration * 0.7).rounded(.down)...(duration * 1.4).rounded(.up)
        story = Story(
            number: number, lives: [.init(uid: "uid-\(number)-0", from: Self.prelude)], durations: durations)
        self.random = random
        story.names = [(Self.prelude, "Database \(number)")]
        drawSchedules(isLong: isLong)
    }

    private mutating func drawSchedules(isLong: Bool) {
        func times(_ period: Seconds, _ minutes: ClosedRange<Double>, _ random: inout SplitMix64) -> Seconds {
            let minute = (random.number(in: minutes)).rounded(.down) * .minute
            let hour = Double(random.below(24)) * .hour
            let day = Double(random.below(7)) * .day
            return minute + (period > .hour ? hour : 0) + (period > .day ? day : 0)
        }
        // Dumps in the first half of the hour, snapshots in the second: no two types share a time.
        var drawn: [(BackupType, Seconds, [Int])] = []
        switch isLong ? 0 : random.unit() {
        case ..<0.42: drawn = [(.dump, .day, [3, 7, 14, 30, 60])]
        case ..<0.50: drawn = [(.snapshot, .day, [3, 7, 30])]
        case ..<0.60: drawn = [(.dump, .hour, [1, 2, 3, 4])]
        case ..<0.66: drawn = [(.snapshot, .hour, [1, 2, 4, 6])]
        case ..<0.76: drawn = [(.dump, .week, [21, 30, 60])]
        case ..<0.82: drawn = [(.dump, .day, [7, 30]), (.snapshot, .hour, [1, 2])]
        case ..<0.88: drawn = [(.dump, .week, [30, 60]), (.snapshot, .day, [7, 14])]
        case ..<0.97:
            story.maxAge = 24 * .hour
            drawByHand(every: 8 * .hour)
        default:
            drawByHand(every: 30 * .hour)
            story.stated = [Expectation(.noObjective, mayFrom: Self.prelude, knowableFrom: 0, mustUntil: .infinity)]
            story.stated[0].source = .schedules
            story.incidents = [Incident(kind: .bare, begin: Self.prelude, end: end)]
        }
        for (type, period, days) in drawn {
            let offset = times(period, type == .dump ? 0...29 : 31...58, &random)
            add(type, period, offset, days: days[random.below(days.count)], from: Self.prelude)
        }
    }

    private mutating func drawByHand(every gap: Seconds) {
        var time = Self.prelude
        while time < end {
            time += (gap * random.number(in: 0.6...1.4)).rounded()
            byHand.append(time)
        }
    }

    /// Adds a schedule; it counts from its creation.
    mutating func add(_ type: BackupType, _ period: Seconds, _ offset: Seconds, days: Int, from: Seconds) {
        let id = "\(story.id)-s\(story.schedules.count)"
        story.schedules.append(
            .init(id: id, type: type, period: period, offset: offset, retentions: [(from, days)], from: from))
    }

    var isByHand: Bool { !byHand.isEmpty }

    /// Whether the addon has no objective.
    var isBare: Bool { isByHand && story.maxAge == nil }

    /// The schedules that exist at the cursor.
    var current: [Story.Schedule] { story.schedules.filter { $0.from <= cursor && $0.to == .infinity } }

    var types: [BackupType] { isByHand ? [.dump] : current.map(\.type) }

    /// A type of the addon's backups, drawn.
    mutating func type() -> BackupType { types[random.below(types.count)] }

    /// The time between two backups of a type, as a rule.
    func gap(_ type: BackupType) -> Seconds { current.first { $0.type == type }?.period ?? 8 * .hour }

    /// The next backups of a type that are due after the cursor.
    func next(_ type: BackupType, _ count: Int) -> [Seconds] {
        if isByHand { return Array(byHand.drop { $0 <= cursor }.prefix(count)) }
        guard let schedule = current.first(where: { $0.type == type }) else { return [] }
        return Array(schedule.slots(after: cursor, through: cursor + schedule.period * Double(count + 1)).prefix(count))
    }

    /// Lets all backups until an instant be taken, as `change` says.
    mutating func run(through time: Seconds, _ change: (inout Plan) -> Void = { _ in }) {
        guard time > cursor else { return }
        var due: [(type: BackupType, slot: Seconds)] = []
        for schedule in current {
            due += schedule.slots(after: cursor, through: time).map { (schedule.type, $0) }
        }
        due += byHand.filter { $0 > cursor && $0 <= time }.map { (.dump, $0) }
        for (type, slot) in due.sorted(by: { ($0.slot, $0.type.rawValue) < ($1.slot, $1.type.rawValue) }) {
            var plan = Plan(
                type: type, slot: slot, queue: random.number(in: 2...240).rounded(),
                duration: (duration * random.number(in: 0.72...1.38)).rounded())
            change(&plan)
            take(plan)
        }
        cursor = time
    }

    private mutating func take(_ plan: Plan) {
        let start = plan.slot + plan.queue
        let noise = random.number(in: plan.type == .snapshot ? 0.8...1.2 : 0.9...1.1)
        if !isByHand {
            story.slots.append(.init(type: plan.type, time: plan.slot, start: plan.isTaken ? start : nil))
        }
        guard plan.isTaken else { return }
        let days = current.first { $0.type == plan.type }?.retentions.last?.days ?? 30
        story.runs.append(
            .init(
                type: plan.type, start: start, end: start + max(1, plan.duration), status: plan.status,
                size: Int64(size * noise * plan.factor), leaves: start + Double(days) * .day, factor: plan.factor))
    }

    /// Lets time pass without any backup or slot.
    mutating func skip(to time: Seconds) { cursor = max(cursor, time) }
}
