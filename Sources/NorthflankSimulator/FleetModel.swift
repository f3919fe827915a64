/// The generated fleet: a pure function of the options and the time. There is no state that ticks; at any
/// instant every backup is derived from its slot.
package struct FleetModel: FleetSource {
    /// What of an addon never changes.
    struct Identity: Sendable {
        let id: String
        let name: String
        let type: AddonType
        /// The number in the whole fleet, from 0.
        let number: Int
        let personality: Personality
        let streams: [BackupStream]
    }

    let options: SimulatorOptions
    /// When the troubles of the troubled began: seconds since 1970.
    let anchor: Double
    package let projects: [SimulatedProject]
    let identities: [[Identity]]
    private let projectPositions: [String: Int]
    private let addonPositions: [[String: Int]]

    /// A fleet whose failing, stuck and growing addons went wrong a little before `anchor` (seconds since
    /// 1970), so that they are in trouble from then on.
    package init(options: SimulatorOptions, anchor: Double) {
        var options = options
        // A scale that cannot divide is no scale.
        if !(options.timeScale.isFinite && options.timeScale > 0) { options.timeScale = 1 }
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
                    Self.identity(of: named, number: first + index, seed: options.seed)
                })
        }
        for first in stride(
            from: FleetNames.namedAddons, to: count, by: FleetNames.addonsPerProject)
        {
            let number = projects.count + 1
            projects.append(
                SimulatedProject(
                    id: FleetNames.numbered("project", number, width: 4), name: "Project \(number)"))
            let last = min(count, first + FleetNames.addonsPerProject)
            identities.append((first..<last).map { Self.identity(number: $0, seed: options.seed) })
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

    private static func identity(
        of named: FleetNames.Named, number: Int, seed: UInt64
    ) -> Identity {
        var hash = SplitMix64(seed, UInt64(number))
        return Identity(
            id: named.id, name: named.name, type: named.type, number: number,
            personality: named.personality, streams: named.personality.streams(hash: &hash))
    }

    private static func identity(number: Int, seed: UInt64) -> Identity {
        var hash = SplitMix64(seed, UInt64(number))
        let personality = Personality.drawn(from: &hash)
        let type = AddonType.allCases[hash.below(AddonType.allCases.count)]
        return Identity(
            id: FleetNames.numbered("addon", number + 1, width: 5), name: "Addon \(number + 1)",
            type: type, number: number, personality: personality,
            streams: personality.streams(hash: &hash))
    }
}
