import Backups
import SplitMix64

extension World {
    private static let hour = 3600.0
    private static let day = 86_400.0
    private static let week = 604_800.0

    /// - Parameter midnight: the share of the daily and weekly backups that are at midnight.
    init(addons count: Int, days: Int, seed: Int, midnight: Double) {
        let span = Span(days: days)
        self.span = span
        addons = []
        projects = []
        events = []
        windows = Self.windows(span, seed: seed)
        var random = SplitMix64(seed, 1)
        while addons.count < count {
            let size = min(random.integer(in: 50...100), count - addons.count)
            projects.append(Array(addons.count..<(addons.count + size)))
            for _ in 0..<size {
                addons.append(Self.addon(addons.count, project: projects.count - 1, span, seed: seed, midnight))
            }
        }
        for addon in addons.indices { announce(addon, seed: seed) }
        events.sort { ($0.time, $0.addon, $0.isEnd ? 1 : 0) < ($1.time, $1.addon, $1.isEnd ? 1 : 0) }
    }

    /// Windows of an hour, one after the other: each begins at once, because of the account's other users. The minute
    /// of the hour at which they begin is drawn anew every noon.
    private static func windows(_ span: Span, seed: Int) -> [Double] {
        var random = SplitMix64(seed, 2)
        let first = random.unit()
        var starts = [0.0]
        for day in 0...Int(span.end / Self.day) {
            let phase = first + Double(day) * 0.618_033_988_749_895
            let noon = Double(day) * Self.day + Self.day / 2 + (phase - phase.rounded(.down)) * hour
            while let last = starts.last, last < noon { starts.append(min(noon, last + hour)) }
            while let last = starts.last, last + hour < Double(day + 1) * Self.day + Self.day / 2 {
                starts.append(last + hour)
            }
        }
        return starts
    }

    private static func addon(_ index: Int, project: Int, _ span: Span, seed: Int, _ midnight: Double) -> Addon {
        var random = SplitMix64(seed, 3, index)
        let key = AddonKey(account: "a", project: "p\(project)", addon: "d\(index)")
        var addon = Addon(key: key, project: project, schedules: [], runs: [], pages: 1)
        var byHand = 0.02
        switch random.unit() {
        case ..<0.05:
            let minute = random.isTrue(0.8) ? 0 : random.integer(in: 0...59)
            addon.schedules.append(Schedule(kind: .snapshot, period: hour, offset: Double(minute) * 60))
            // Kept for a week.
            addon.pages = 2
            if random.isTrue(0.5) {
                addon.schedules.append(Schedule(kind: .dump, period: day, offset: timeOfDay(&random, midnight)))
            }
        case ..<0.90:
            let kind: Kind = random.isTrue(0.75) ? .dump : .snapshot
            addon.schedules.append(Schedule(kind: kind, period: day, offset: timeOfDay(&random, midnight)))
        case ..<0.97:
            let dice = random.unit()
            let weekday = dice < 0.6 ? 6 : dice < 0.8 ? 0 : random.integer(in: 0...6)
            let offset = Double(weekday) * day + timeOfDay(&random, midnight)
            addon.schedules.append(Schedule(kind: .dump, period: week, offset: offset))
        default: byHand = 0.2
        }
        addRuns(&addon, byHand: byHand, span, &random)
        return addon
    }

    /// Midnight for most addons; for most of the others a full hour of the night.
    private static func timeOfDay(_ random: inout SplitMix64, _ midnight: Double) -> Double {
        switch random.unit() {
        case ..<midnight: 0
        case ..<(midnight + (1 - midnight) * 0.6): Double(random.integer(in: 1...6)) * hour
        default: Double(random.integer(in: 0...95)) * 900
        }
    }

    private static func addRuns(_ addon: inout Addon, byHand: Double, _ span: Span, _ random: inout SplitMix64) {
        // Typical seconds of a backup of each kind.
        let median = [
            min(14_400, random.logNormal(median: 90, sigma: 1.5)), min(1800, random.logNormal(median: 25, sigma: 0.8)),
        ]
        let sigma = random.number(in: 0.05...0.4)
        let failing = random.isTrue(0.1) ? 0.15 : 0.01
        func add(_ kind: Kind, at start: Double, _ random: inout SplitMix64) {
            var duration = max(2, random.logNormal(median: median[kind.rawValue], sigma: sigma))
            if random.isTrue(0.05) { duration *= random.number(in: 1.5...3) }
            let isFailure = random.isTrue(failing)
            if isFailure {
                // Most failures come early.
                let part = random.unit()
                duration = max(1, duration * part * part)
            }
            addon.runs.append(Run(kind: kind, start: start, end: start + duration, isFailure: isFailure))
        }
        for schedule in addon.schedules {
            var slot = schedule.slot(until: Span.history) + schedule.period
            while slot < span.end {
                if !random.isTrue(0.005) {
                    let delay = min(600, random.logNormal(median: 20, sigma: 0.8))
                    add(schedule.kind, at: slot + delay, &random)
                }
                slot += schedule.period
            }
        }
        for day in Int(Span.history / day)..<Int(span.end / day) where random.isTrue(byHand) {
            // In working hours.
            add(.dump, at: (Double(day) + random.number(in: 8...18) / 24) * Self.day, &random)
        }
        addon.runs.sort { $0.start < $1.start }
    }

    /// Webhooks for each start and each end; some never arrive.
    private mutating func announce(_ index: Int, seed: Int) {
        var random = SplitMix64(seed, 4, index)
        for run in addons[index].runs {
            for (time, isEnd) in [(run.start, false), (run.end, true)] {
                let arrival = time + 1 + random.exponential(mean: 2)
                guard !random.isTrue(0.01), arrival > span.start else { continue }
                events.append(Event(time: arrival, addon: index, isEnd: isEnd))
            }
        }
    }
}
