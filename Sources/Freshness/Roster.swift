import Backups

/// The addons that are watched, by number: small numbers that are used again when an addon is gone.
struct Roster: Sendable {
    private struct Project {
        let name: String
        var members: [Int] = []
    }

    private var ids: [AddonKey: Int] = [:]
    /// By id, the addon and the number of its project; of a free id, those of the last addon.
    private var addons: [(key: AddonKey, project: Int)] = []
    private var freeIDs: [Int] = []
    private var projectIDs: [String: Int] = [:]
    private var projects: [Project] = []

    var count: Int { ids.count }
    var projectCount: Int { projects.count }
    var keys: Set<AddonKey> { Set(ids.keys) }

    func id(_ key: AddonKey) -> Int? { ids[key] }
    func key(_ id: Int) -> AddonKey { addons[id].key }
    func project(of id: Int) -> Int { addons[id].project }
    func project(named name: String) -> Int? { projectIDs[name] }
    func name(ofProject project: Int) -> String { projects[project].name }
    /// The ids of a project's addons, in the order in which they were added.
    func members(ofProject project: Int) -> [Int] { projects[project].members }

    mutating func add(_ key: AddonKey) -> Int {
        let project = projectID(key.project)
        let id = freeIDs.popLast() ?? addons.count
        if id < addons.count { addons[id] = (key, project) } else { addons.append((key, project)) }
        ids[key] = id
        projects[project].members.append(id)
        return id
    }

    /// Returns the id that the addon had.
    mutating func remove(_ key: AddonKey) -> Int? {
        guard let id = ids.removeValue(forKey: key) else { return nil }
        projects[project(of: id)].members.removeAll { $0 == id }
        freeIDs.append(id)
        return id
    }

    private mutating func projectID(_ name: String) -> Int {
        if let known = projectIDs[name] { return known }
        projectIDs[name] = projects.count
        projects.append(Project(name: name))
        return projects.count - 1
    }
}
