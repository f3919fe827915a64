/// The position of an addon in the lists of the fleet.
struct AddonAddress: Sendable, Hashable {
    let project: Int
    let addon: Int
}

/// A part of a list, and the length of the whole list.
struct Slice<Element: Sendable>: Sendable {
    let total: Int
    let elements: [Element]
}

/// A fleet, generated or fixed. `now` is in seconds since 1970; equal values give equal results.
protocol FleetSource: Sendable {
    /// The projects without their addons.
    var projects: [SimulatedProject] { get }
    /// The slugs of a project's addons.
    func addonIds(project: Int) -> [String]
    /// The position of a project, or nil.
    func project(id: String) -> Int?
    /// The position of an addon in its project, or nil.
    func addon(id: String, project: Int) -> Int?
    /// An addon without its backups and restores.
    func addon(at address: AddonAddress, now: Double) -> SimulatedAddon
    /// A part of an addon's list of backups.
    func backups(at address: AddonAddress, now: Double, range: Range<Int>) -> Slice<SimulatedBackup>
    /// The addon's restores, the newest first.
    func restores(at address: AddonAddress, now: Double) -> [SimulatedRestore]
    /// The outcomes of each addon since the start of the simulator.
    func outcomes(now: Double) -> [SimulatedOutcomes]
    /// The notifications of starts and ends after `after` and not after `last`, both in milliseconds since 1970.
    func notifications(after: Int64, through last: Int64) -> [WebhookNotification]
    /// Changes the fleet by hand. Returns the id of an added backup. A refused change has no effect.
    mutating func change(_ change: FleetChange, now: Double) throws(FleetRefusal) -> String?
    /// A number that changes with the addon's list of backups; nil if the list must not be cached.
    func generation(at address: AddonAddress, now: Double) -> Int64?
}

extension FleetSource {
    /// All addons with their backups and restores.
    func everything(now: Double) -> [SimulatedProject] {
        projects.enumerated().map { index, project in
            var project = project
            project.addons = addonIds(project: index).indices.map { number in
                let address = AddonAddress(project: index, addon: number)
                var addon = addon(at: address, now: now)
                addon.backups = backups(at: address, now: now, range: 0..<Int.max).elements
                addon.restores = restores(at: address, now: now)
                return addon
            }
            return project
        }
    }
}

/// A fleet written by hand, which time does not change.
struct FixedFleet: FleetSource {
    private let fleet: [SimulatedProject]

    init(_ fleet: [SimulatedProject]) {
        self.fleet = fleet
    }

    var projects: [SimulatedProject] {
        fleet.map { SimulatedProject(id: $0.id, name: $0.name, description: $0.description) }
    }

    func addonIds(project: Int) -> [String] {
        fleet[project].addons.map(\.id)
    }

    func project(id: String) -> Int? {
        fleet.firstIndex { $0.id == id }
    }

    func addon(id: String, project: Int) -> Int? {
        fleet[project].addons.firstIndex { $0.id == id }
    }

    func addon(at address: AddonAddress, now: Double) -> SimulatedAddon {
        var addon = fleet[address.project].addons[address.addon]
        addon.backups = []
        addon.restores = []
        return addon
    }

    func backups(
        at address: AddonAddress, now: Double, range: Range<Int>
    ) -> Slice<SimulatedBackup> {
        let backups = fleet[address.project].addons[address.addon].backups
        return Slice(total: backups.count, elements: Array(backups[range.clamped(to: backups.indices)]))
    }

    func restores(at address: AddonAddress, now: Double) -> [SimulatedRestore] {
        fleet[address.project].addons[address.addon].restores
    }

    func outcomes(now: Double) -> [SimulatedOutcomes] {
        fleet.flatMap { project in
            project.addons.map { SimulatedOutcomes(project: project.id, addon: $0.id) }
        }
    }

    func notifications(after: Int64, through last: Int64) -> [WebhookNotification] { [] }

    mutating func change(_ change: FleetChange, now: Double) throws(FleetRefusal) -> String? {
        throw .fixedFleet
    }

    func generation(at address: AddonAddress, now: Double) -> Int64? { nil }
}
