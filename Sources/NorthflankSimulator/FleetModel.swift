import SplitMix64

/// The generated fleet: a pure function of the options, the time and the changes by hand. It stores no progress: at any
/// instant every backup is derived from its slot.
package struct FleetModel: FleetSource {
    /// The constant properties of an addon.
    struct Identity: Sendable {
        let id: String
        let name: String
        let type: AddonType
        /// The number in the whole fleet, from 0.
        let number: Int
        /// The era before any change by hand.
        let era: Era
        /// The random numbers for the schedules of another personality.
        let scheduleHash: SplitMix64
    }

    /// The changes of an addon by hand.
    struct Journal: Sendable {
        var eras: [Era]
        /// The backups by hand, the oldest first.
        var manual: [BackupRun] = []
        /// The time at which a backup was deleted, in milliseconds since 1970.
        var deletions: [BackupRun.Key: Int64] = [:]
    }

    let options: SimulatorOptions
    /// The start of the simulator, in seconds since 1970.
    let anchor: Double
    package let projects: [SimulatedProject]
    let identities: [[Identity]]
    /// The journals of the addons that were changed by hand.
    var journals: [AddonAddress: Journal] = [:]
    private let projectPositions: [String: Int]
    private let addonPositions: [[String: Int]]

    /// A fleet whose trouble starts shortly before `anchor` (seconds since 1970), so that it shows from then on.
    package init(options: SimulatorOptions, anchor: Double) {
        var options = options
        // An invalid scale counts as 1. With a virtual clock, the clock applies the scale, so nothing is divided.
        if options.virtualClock || !SimulatorOptions.timeScales.contains(options.timeScale) {
            options.timeScale = 1
        }
        var projects: [SimulatedProject] = []
        var identities: [[Identity]] = []
        let count = max(0, options.addons)
        for project in FleetNames.projects {
            let first = projects.count * 3
            guard first < count else { break }
            projects.append(
                SimulatedProject(
                    id: project.id, name: project.name, description: project.description))
            identities.append(
                project.addons.prefix(count - first).enumerated().map { index, named in
                    Identity(named, number: first + index, project: project.id, options: options)
                })
        }
        for first in stride(
            from: FleetNames.namedAddons, to: count, by: FleetNames.addonsPerProject)
        {
            let number = projects.count + 1
            let project = FleetNames.numbered("project", number, width: 4)
            projects.append(SimulatedProject(id: project, name: "Project \(number)"))
            let last = min(count, first + FleetNames.addonsPerProject)
            identities.append(
                (first..<last).map { Identity(number: $0, project: project, options: options) })
        }
        self.options = options
        self.anchor = anchor
        self.projects = projects
        self.identities = identities
        projectPositions = Self.positions(projects.map(\.id))
        addonPositions = identities.map { Self.positions($0.map(\.id)) }
    }

    func addonIds(project: Int) -> [String] {
        identities[project].map(\.id)
    }

    func project(id: String) -> Int? {
        projectPositions[id]
    }

    func addon(id: String, project: Int) -> Int? {
        addonPositions[project][id]
    }

    private static func positions(_ ids: [String]) -> [String: Int] {
        Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
    }
}

extension FleetModel.Identity {
    /// A named addon of the demo.
    fileprivate init(
        _ named: FleetNames.Named, number: Int, project: String, options: SimulatorOptions
    ) {
        let hash = SplitMix64(options.seed, UInt64(number))
        self.init(
            id: named.id, name: named.name, type: named.type, number: number,
            personality: named.personality, scheduleHash: hash, project: project, options: options)
    }

    /// A numbered addon.
    fileprivate init(number: Int, project: String, options: SimulatorOptions) {
        var hash = SplitMix64(options.seed, UInt64(number))
        let personality = Personality.drawn(from: &hash)
        let type = AddonType.allCases[hash.below(AddonType.allCases.count)]
        self.init(
            id: FleetNames.numbered("addon", number + 1, width: 5), name: "Addon \(number + 1)",
            type: type, number: number, personality: personality, scheduleHash: hash, project: project,
            options: options)
    }

    private init(
        id: String, name: String, type: AddonType, number: Int, personality: Personality,
        scheduleHash: SplitMix64, project: String, options: SimulatorOptions
    ) {
        self.id = id
        self.name = name
        self.type = type
        self.number = number
        self.scheduleHash = scheduleHash
        var hash = scheduleHash
        var streams = personality.streams(hash: &hash)
        let wanted = options.personalities.isEmpty ? nil : options.personalities["\(project)/\(id)"]
        if let wanted { streams = wanted.streams(after: streams, hash: scheduleHash) }
        era = Era(personality: wanted ?? personality, streams: streams, from: nil, until: nil)
    }
}
